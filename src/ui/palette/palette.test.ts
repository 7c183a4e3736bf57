import { expect, it } from 'vitest'
import { createTestContext, showStudy } from '../../commands/context.fixture.ts'
import { findEntry } from '../../commands/table.ts'
import { NO_EDITS } from '../../domain/statements/edits.ts'
import type { UtteranceItem } from '../../state/appState.ts'
import { INITIAL_STATE } from '../../state/initialState.ts'
import { NEW_STUDY } from '../../state/studyState.ts'
import { toCommandRows, toSlotRows } from './paletteRows.ts'
import { searchRows } from './searchRows.ts'
import { toStep } from './usePicker.ts'

const { context, store } = createTestContext()
const STATE = context.get()
const find = (query: string, state = STATE) => searchRows(toCommandRows(state), query).map(({ row }) => row.title)

it.each([
  ['medwin', 'Mediastinum window'],
  ['lung', 'Lung window'],
  ['mic', 'Microphone on or off'],
  ['crosshair', 'Crosshair on or off'],
  ['scratch that', 'Delete what was said last'],
])('finds by %j first %s', (query, title) => {
  const utterances = [{ id: 'u', phase: 'ready', edits: NO_EDITS, statements: [] as const } as unknown as UtteranceItem]
  showStudy(store, { dictation: { ...NEW_STUDY.dictation, utterances } })
  expect(find(query, context.get())[0]).toBe(title)
})

it('marks the letters of the query in the title', () => {
  const [{ title }] = searchRows(toCommandRows(STATE), 'medwin')
  expect(title).toEqual([
    { text: 'Med', isHit: true },
    { text: 'iastinum ', isHit: false },
    { text: 'win', isHit: true },
    { text: 'dow', isHit: false },
  ])
})

it('offers everything but what lasts while its key is held, in the order of the table, without a query', () => {
  const titles = find('')
  expect(titles[0]).toBe('Microphone on or off')
  expect(titles).not.toContain('Hold to talk')
  expect(titles).toContain('Choose a window…')
  expect(titles.length).toBeGreaterThan(45)
})

it('sorts last what would do nothing now', () => {
  const rows = searchRows(toCommandRows(INITIAL_STATE), 'window').map(({ row }) => row.isEnabled)
  expect(rows.length).toBeGreaterThan(6)
  expect(rows).toEqual([...rows].sort((a, b) => Number(b) - Number(a)))
})

it('lists nothing that has but single letters of the query in common', () => {
  expect(find('undo').filter((title) => !title.startsWith('Undo the last change of '))).toEqual([])
  expect(find('undo')).toContain('Undo the last change of the study')
  expect(find('bone')).toEqual(['Bone window'])
})

it('finds nothing by what no command resembles', () => {
  expect(find('qqqq')).toEqual([])
})

it('takes a whole number within the bounds of a slot, and tells one that is not', () => {
  const { slices } = findEntry('scroll.slices').command.slots ?? {}
  expect(toSlotRows(slices, STATE, '37')?.map(({ id }) => id)).toEqual(['37'])
  expect(toSlotRows(slices, STATE, '-12')?.map(({ id }) => id)).toEqual(['-12'])
  expect(toSlotRows(slices, STATE, '1001')).toBeNull()
  expect(toSlotRows(slices, STATE, '')).toHaveLength(8)
})

it('offers the values of a slot with their names', () => {
  const { preset } = findEntry('window.preset').command.slots ?? {}
  const found = searchRows(toSlotRows(preset, STATE, 'bone') ?? [], 'bone')
  expect(found.map(({ row }) => row.id)).toEqual(['bone'])
})

it('steps over what would do nothing: round the ends by one row, up to the ends by a page', () => {
  const row = { id: '', title: '', group: '', words: '', keys: [], isEnabled: true }
  const found = [true, false, true, true].map((isEnabled) => ({ row: { ...row, isEnabled }, title: [] }))
  expect([toStep(found, 0, 1), toStep(found, 3, 1), toStep(found, 0, -1)]).toEqual([2, 0, 3])
  expect([toStep(found, 0, 8), toStep(found, 3, -8)]).toEqual([3, 0])
  expect(toStep([], -1, 1)).toBe(-1)
})
