import { beforeEach, expect, it } from 'vitest'
import { NO_EDITS } from '../domain/statements/edits.ts'
import { toStatement } from '../domain/statements/statement.fixture.ts'
import type { UtteranceItem } from '../state/appState.ts'
import { selectRead } from '../state/selectors.ts'
import { createReading, utteranceOf } from './desk.fixture.ts'
import { createTwoPacks, UTTERANCE } from './twoPacks.fixture.ts'

const ITEM = { phase: 'ready', transcript: null, words: null, edits: NO_EDITS } as unknown as UtteranceItem

let parts: ReturnType<typeof createTwoPacks>
const read = () => selectRead(parts.store.get())
const rowOf = (id: string) => read().findings.rows.find((row) => row.id === id)?.said

beforeEach(async () => {
  parts = createTwoPacks()
  await Promise.all([parts.reading.studies.openPhantom(1), parts.reading.loadModels()])
})

it('what a person set stands over every pack, in the panel too, until it is taken back', async () => {
  const { corrections, dictation, history } = parts.reading
  await dictation.hear(UTTERANCE)
  expect(rowOf('emphysema')).toBe('present')
  corrections.setStatus('u', { findingId: 'emphysema', status: 'absent' })
  corrections.setStatus('u', { findingId: 'lung_nodule', status: null })
  expect([rowOf('emphysema'), rowOf('lung_nodule'), rowOf('cardiomegaly')]).toEqual([
    'absent',
    'not-mentioned',
    'present',
  ])
  await parts.reading.choosePack('second')
  expect([rowOf('emphysema'), rowOf('lung_nodule'), rowOf('cardiomegaly')]).toEqual([
    'absent',
    'not-mentioned',
    'not-mentioned',
  ])
  await parts.reading.choosePack('first')
  history.undo()
  expect([rowOf('emphysema'), rowOf('lung_nodule')]).toEqual(['absent', 'present'])
  history.undo()
  expect(rowOf('emphysema')).toBe('present')
  expect(read().history).toEqual({ undo: null, redo: { kind: 'words', text: 'Emphysema set absent' } })
  history.undo()
  expect(read().dictation.utterances).toHaveLength(1)
})

it('an utterance that is edited while it is being heard keeps the edit', async () => {
  const { corrections, dictation } = parts.reading
  let heard: () => void = () => undefined
  parts.world.hearing = new Promise<void>((resolve) => {
    heard = resolve
  })
  const hearing = dictation.hear(UTTERANCE)
  corrections.setStatus('u', { findingId: 'emphysema', status: 'absent' })
  expect([rowOf('emphysema'), rowOf('cardiomegaly')]).toEqual(['absent', 'not-mentioned'])
  heard()
  await hearing
  expect([rowOf('emphysema'), rowOf('cardiomegaly')]).toEqual(['absent', 'present'])
})

it('what a person set counts where no model heard the utterance, and after a reload', async () => {
  const here = createReading()
  await here.reading.studies.openPhantom(1)
  here.store.patch('model', { phase: 'failed' })
  await here.reading.dictation.hear(utteranceOf('a'))
  here.reading.corrections.setStatus('a', { findingId: 'emphysema', status: 'present' })
  here.reading.corrections.setText('a', 'Emphysema in both upper lobes.')
  const later = createReading({}, here.journal)
  await later.reading.studies.openPhantom(1)
  const { dictation, findings } = selectRead(later.store.get())
  expect(dictation.utterances[0]).toMatchObject({
    edits: { text: 'Emphysema in both upper lobes.', statuses: [{ findingId: 'emphysema', status: 'present' }] },
  })
  expect(findings.rows.find(({ id }) => id === 'emphysema')?.said).toBe('present')
})

it('an answer settles what was said both ways, and is taken back like any change', async () => {
  const here = createReading()
  for (const [id, status] of [
    ['a', 'present'],
    ['b', 'absent'],
  ] as const) {
    const item = { ...ITEM, id, statements: [toStatement({ findingId: 'emphysema', status })] }
    here.journal.put('phantom-1', item, utteranceOf(id))
  }
  await here.reading.studies.openPhantom(1)
  const { corrections, history } = here.reading
  const said = () => selectRead(here.store.get()).findings.rows.find(({ id }) => id === 'emphysema')?.said
  expect(said()).toBe('question')
  corrections.settle('emphysema', 'present')
  expect([said(), here.journal.kept.get('b')?.item.edits.statuses]).toEqual([
    'present',
    [{ findingId: 'emphysema', status: 'present' }],
  ])
  history.undo()
  expect(said()).toBe('question')
})

it('takes changes back one after the other, the last one first, deleted utterances among them', async () => {
  const { corrections, dictation, history } = parts.reading
  for (const id of ['a', 'b']) await dictation.hear({ ...UTTERANCE, id })
  corrections.setStatus('b', { findingId: 'emphysema', status: 'absent' })
  corrections.remove('a')
  corrections.setText('b', 'other words')
  const ids = () => read().dictation.utterances.map(({ id }) => id)
  history.undo()
  expect([ids(), read().dictation.utterances[0].edits.text]).toEqual([['b'], null])
  history.undo()
  expect(ids()).toEqual(['a', 'b'])
  expect(read().dictation.utterances[1].edits.statuses).toHaveLength(1)
  history.undo()
  expect(read().dictation.utterances[1].edits.statuses).toEqual([])
  expect(read().history.redo?.text).toBe('Emphysema set absent')
  history.redo()
  history.redo()
  expect(ids()).toEqual(['b'])
  expect(parts.reading.dictation.find('a')).not.toBeNull()
  history.redo()
  const [b] = read().dictation.utterances
  expect([b.edits.text, b.edits.statuses, read().history.redo]).toMatchObject([
    'other words',
    [{ findingId: 'emphysema', status: 'absent' }],
    null,
  ])
  history.undo()
  corrections.setStatus('b', { findingId: 'lung_nodule', status: 'absent' })
  expect(read().history).toMatchObject({ undo: { text: 'Lung nodule set absent' }, redo: null })
})
