import { beforeEach, expect, it } from 'vitest'
import { selectRead } from '../state/selectors.ts'
import { createTwoPacks, UTTERANCE } from './twoPacks.fixture.ts'

let parts: ReturnType<typeof createTwoPacks>
const read = () => selectRead(parts.store.get())

beforeEach(async () => {
  parts = createTwoPacks()
  await Promise.all([parts.reading.studies.openPhantom(1), parts.reading.loadModels()])
})

it('heat is never under the name of another: until the new one comes there is none', async () => {
  const { questions } = parts.reading
  await questions.select({ kind: 'finding', findingId: 'emphysema' })
  expect(parts.heats.at(-1)).toEqual([4, 3, 2])
  const asking = questions.select({ kind: 'finding', findingId: 'consolidation' })
  expect(read().heat).toEqual({ kind: 'finding', findingId: 'consolidation' })
  expect(parts.heats.at(-1)).toBeNull()
  await asking
  expect(parts.heats.at(-1)).toEqual([4, 3, 2])
})

it('heat that had not come when another study was opened does not stand there without its picture', async () => {
  const { questions, studies } = parts.reading
  await questions.select({ kind: 'finding', findingId: 'emphysema' })
  parts.deps.ctEngine.heat = () => new Promise(() => undefined)
  void questions.select({ kind: 'finding', findingId: 'consolidation' })
  await studies.openPhantom(2)
  parts.heats.length = 0
  await studies.reopen('phantom-1')
  expect(read().study?.id).toBe('phantom-1')
  expect(read().heat).toBeNull()
  expect(parts.heats).toEqual([])
})

it('an utterance that is deleted takes its own heat and list along, and those of no other', async () => {
  const { corrections, dictation, questions } = parts.reading
  for (const id of ['a', 'b']) await dictation.hear({ ...UTTERANCE, id })
  const asked = { kind: 'utterance', utteranceId: 'a' } as const
  await questions.select(asked)
  corrections.remove('b')
  expect([read().heat, read().similar.query]).toEqual([asked, asked])
  expect(parts.heats.at(-1)).toEqual([4, 3, 2])
  corrections.remove('a')
  expect([read().heat, read().similar.query]).toEqual([null, { kind: 'ct' }])
  expect(parts.heats.at(-1)).toBeNull()
})

it('another model moves no view: its heat comes where the reader is', async () => {
  await parts.reading.questions.select({ kind: 'finding', findingId: 'emphysema' })
  expect(parts.crosshairs).toHaveLength(1)
  await parts.reading.choosePack('second')
  expect(read().heat).toEqual({ kind: 'finding', findingId: 'emphysema' })
  expect(parts.heats.at(-1)).toEqual([2, 1, 4])
  expect(parts.crosshairs).toHaveLength(1)
})

it('another model does not go back to where an utterance was spoken', async () => {
  await parts.reading.dictation.hear({ ...UTTERANCE, id: 'a' })
  await parts.reading.questions.light({ kind: 'utterance', utteranceId: 'a' })
  const before = parts.crosshairs.length
  await parts.reading.choosePack('second')
  expect(parts.crosshairs).toHaveLength(before)
})
