import { expect, test, vi } from 'vitest'
import { ProblemError } from '../base/result.ts'
import { selectRead } from '../state/selectors.ts'
import { createTwoPacks } from './twoPacks.fixture.ts'

/** Two packs with a text tower, the first loaded, and its study read. */
async function setUp() {
  const parts = createTwoPacks()
  for (const manifest of Object.values(parts.world.manifests)) manifest.text = { maxTokens: 16 } as never
  await parts.reading.loadModels()
  await parts.reading.studies.openPhantom(1)
  return parts
}

test('a typed sentence lists cases and shows heat, as an utterance does', async () => {
  const { reading, store, log, heats } = await setUp()
  await reading.questions.ask('  small effusion \n')
  expect(log.at(-1)).toBe('read “small effusion” by first')
  expect(selectRead(store.get()).similar).toMatchObject({
    query: { kind: 'text', text: 'small effusion' },
    queryLabel: '“small effusion”',
    cases: [{ id: 'case of first', cosine: 1 }],
    isSearching: false,
    typed: ['small effusion'],
  })
  expect(selectRead(store.get()).heat).toEqual({ kind: 'text', text: 'small effusion' })
  expect(heats.at(-1)).not.toBeNull()
})

test('a sentence that says nothing of the findings lists no case and takes the heat away', async () => {
  const { reading, store, heats, world } = await setUp()
  await reading.questions.ask('small effusion')
  expect(selectRead(store.get()).heat).toMatchObject({ kind: 'text' })
  // No margin between two unit prompts reaches 3.
  const text = { leastScore: 3, parity: { text: 'Small effusion.' } }
  world.manifests.second.text = text as never
  await reading.choosePack('second')
  await reading.questions.select({ kind: 'finding', findingId: 'emphysema' })
  await reading.questions.ask('pass the coffee')
  const { similar, heat } = selectRead(store.get())
  expect(similar).toMatchObject({ query: { kind: 'text', text: 'pass the coffee' }, cases: [], isSearching: false })
  expect(similar.problem).toMatchObject({
    code: 'nothing-alike',
    message: 'Nothing alike: “pass the coffee” says nothing of what this model looks for.',
    nextStep: 'Name one of its 18 findings, as in “Small effusion.”',
  })
  expect([heat, heats.at(-1)]).toEqual([null, null])
  reading.questions.setSimilarQuery({ kind: 'finding', findingId: 'emphysema' })
  await vi.waitFor(() =>
    expect(selectRead(store.get()).similar).toMatchObject({ problem: null, cases: [{ id: 'case of second' }] }),
  )
})

test('why nothing can be typed is told: it is loading, has failed, or the model cannot read', async () => {
  const { reading, store } = await setUp()
  const told = () => store.get().notices.map((notice) => notice.told.message)
  store.patch('model', { packTitle: 'First' })
  for (const textPhase of ['working', 'failed', 'idle'] as const) {
    store.patch('model', { textPhase })
    reading.questions.tellNoTyping()
  }
  expect(told()).toEqual([
    'Typed queries are still loading.',
    'The text encoder of First could not be loaded.',
    'First reads no typed sentences: it has no text encoder.',
  ])
})

test('the same sentence is read once, and an empty one asks for nothing', async () => {
  const { reading, store, log } = await setUp()
  await reading.questions.ask('small effusion')
  const before = log.length
  await reading.questions.ask('small effusion')
  await reading.questions.ask('   ')
  expect(log).toHaveLength(before)
  expect(selectRead(store.get()).similar.typed).toEqual(['small effusion'])
})

test('taking the sentence back leads to this CT, and its heat goes', async () => {
  const { reading, store, heats } = await setUp()
  await reading.questions.ask('small effusion')
  reading.questions.clearTyped()
  await Promise.resolve()
  expect(selectRead(store.get()).similar.query).toEqual({ kind: 'ct' })
  expect([selectRead(store.get()).heat, heats.at(-1)]).toEqual([null, null])
  reading.questions.setSimilarQuery({ kind: 'finding', findingId: 'emphysema' })
  reading.questions.clearTyped()
  expect(selectRead(store.get()).similar.query.kind).toBe('finding')
})

test('a sentence that takes its time does not take the list from what was chosen meanwhile', async () => {
  const { reading, store, world } = await setUp()
  let answer: (value?: unknown) => void = () => undefined
  world.reading = new Promise((resolve) => {
    answer = resolve
  })
  const asking = reading.questions.ask('small effusion')
  expect(selectRead(store.get()).similar.isSearching).toBe(true)
  await reading.questions.select({ kind: 'finding', findingId: 'emphysema' })
  answer()
  await asking
  expect(selectRead(store.get()).similar).toMatchObject({ queryLabel: 'Emphysema', isSearching: false, typed: [] })
})

test('a sentence that cannot be read is told of, and what was listed stays', async () => {
  const { reading, store, world } = await setUp()
  const problem = { code: 'inference-failed', message: 'no memory', nextStep: 'Close tabs.' }
  world.reading = Promise.reject(new ProblemError(problem))
  world.reading.catch(() => undefined)
  await reading.questions.ask('small effusion')
  expect(store.get().notices.map((notice) => notice.told)).toEqual([problem])
  expect(selectRead(store.get()).similar).toMatchObject({ query: { kind: 'ct' }, isSearching: false, typed: [] })
})

test('another pack reads the sentence anew, and one without a text tower forgets it', async () => {
  const { reading, store, log, world } = await setUp()
  await reading.questions.ask('small effusion')
  await reading.choosePack('second')
  expect(log).toContain('close library of first')
  expect(log.at(-1)).toBe('read “small effusion” by second')
  expect(selectRead(store.get()).similar.cases.map(({ id }) => id)).toEqual(['case of second'])
  delete world.manifests.first.text
  await reading.choosePack('first')
  expect(store.get().model.textPhase).toBe('idle')
  expect(selectRead(store.get()).similar.query).toEqual({ kind: 'ct' })
})

test('the export names what was typed and the list on screen; another study begins without it', async () => {
  const { reading, store } = await setUp()
  await reading.questions.ask('small effusion')
  expect(reading.toExport()).toMatchObject({
    typedQueries: ['small effusion'],
    similar: { query: '“small effusion”', cases: [{ id: 'case of first', cosine: 1 }] },
    model: { isCalibrated: true },
  })
  await reading.studies.openPhantom(2)
  expect(selectRead(store.get()).similar).toMatchObject({ query: { kind: 'ct' }, typed: [] })
})

test('a finding that is named by a word too short for the text tower is searched by its name, unless it is denied', async () => {
  const { reading, store, world } = await setUp()
  world.manifests.second.text = { leastScore: 3, parity: { text: 'Small effusion.' } } as never
  await reading.choosePack('second')
  const similar = () => selectRead(store.get()).similar
  await reading.questions.ask('emphysema')
  await vi.waitFor(() => expect(similar()).toMatchObject({ problem: null, cases: [{ id: 'case of second' }] }))
  await reading.questions.ask('no emphysema')
  await vi.waitFor(() => expect(similar()).toMatchObject({ problem: { code: 'nothing-alike' }, cases: [] }))
})
