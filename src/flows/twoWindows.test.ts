import 'fake-indexeddb/auto'
import { expect, it, vi } from 'vitest'
import type { Measure } from '../domain/measure/measure.ts'
import { VoxctDatabase } from '../storage/database.ts'
import { openMeasureTable } from '../storage/measureTable.ts'
import { KeptThings } from './keptThings.ts'

const measure = (id: string, change: Partial<Measure> = {}): Measure => ({
  id,
  studyId: 'study-1',
  createdAtMs: id.charCodeAt(0),
  kind: 'probe',
  plane: { right: [1, 0, 0], up: [0, -1, 0] },
  points: [[1, 2, 3]],
  label: '',
  color: 'yellow',
  tie: null,
  ...change,
})

/** A window of the browser with a connection of its own to what is kept. */
async function openWindow() {
  const kept = new KeptThings<Measure>(
    { notify: () => undefined },
    openMeasureTable('study-1', new VoxctDatabase('tabs')),
  )
  let follows = 0
  await kept.load()
  kept.follow(() => follows++)
  const labels = () => kept.all.map(({ id, label }) => `${id}${label && ` ${label}`}`)
  return { kept, labels, follows: () => follows }
}

it('what one window draws, changes and deletes shows in the other; undo in one leaves what the other made later', async () => {
  const [here, there] = [await openWindow(), await openWindow()]
  const drawn = here.kept.change([measure('a')])
  await vi.waitFor(() => expect(there.labels()).toEqual(['a']))
  const moved = here.kept.change([measure('a', { points: [[9, 9, 9]] })])
  await vi.waitFor(() => expect(there.kept.find('a')?.points).toEqual([[9, 9, 9]]))
  there.kept.change([{ ...measure('a', { points: [[9, 9, 9]] }), label: 'nodule' }, measure('b')])
  await vi.waitFor(() => expect(here.labels()).toEqual(['a nodule', 'b']))
  expect(moved.undo()).toBe(true)
  expect(here.kept.find('a')).toEqual(measure('a', { label: 'nodule' }))
  expect(drawn.undo()).toBe(false)
  await vi.waitFor(() => expect(there.kept.find('a')).toEqual(measure('a', { label: 'nodule' })))
  there.kept.change([], ['b'])
  await vi.waitFor(() => expect(here.labels()).toEqual(['a nodule']))
  const known = here.kept.find('a')
  const before = here.follows()
  here.kept.change([measure('c')])
  await vi.waitFor(() => expect(there.labels()).toEqual(['a nodule', 'c']))
  expect([here.follows(), here.kept.find('a') === known]).toEqual([before, true])
})
