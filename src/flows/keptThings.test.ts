import { beforeEach, expect, it } from 'vitest'
import { success } from '../base/result.ts'
import type { OwnTable } from '../storage/ownTable.ts'
import { KeptThings } from './keptThings.ts'

interface Note {
  readonly id: string
  readonly createdAtMs: number
  readonly name: string
  readonly at: readonly number[]
}

const note = (id: string, change: Partial<Note> = {}): Note => ({ id, createdAtMs: 1, name: id, at: [0], ...change })
const table: OwnTable<Note> = {
  list: async () => success({ items: [], unreadableCount: 0 }),
  put: async () => success(undefined),
  remove: async () => success(undefined),
  watch: () => undefined,
}

let kept: KeptThings<Note>
beforeEach(() => {
  kept = new KeptThings<Note>({ notify: () => undefined }, table)
})

it('taking a change back leaves what was changed of other fields since, and says so where it was the same field', () => {
  kept.change([note('a')])
  const moved = kept.change([note('a', { at: [1] })])
  kept.change([note('a', { at: [1], name: 'later' })])
  expect([moved.undo(), kept.all]).toEqual([true, [note('a', { name: 'later' })]])
  expect([moved.redo(), kept.all]).toEqual([true, [note('a', { at: [1], name: 'later' })]])
  kept.change([note('a', { at: [2], name: 'later' })])
  expect([moved.undo(), kept.all]).toEqual([false, [note('a', { at: [2], name: 'later' })]])
})

it('a thing that was changed since it was made is not taken away, and one that is gone does not come back by an older change', () => {
  const made = kept.change([note('a')])
  const named = kept.change([note('a', { name: 'b' })])
  expect([made.undo(), kept.all]).toEqual([false, [note('a', { name: 'b' })]])
  const gone = kept.change([], ['a'])
  expect([named.undo(), kept.all]).toEqual([false, []])
  expect([gone.undo(), kept.all]).toEqual([true, [note('a', { name: 'b' })]])
  expect([gone.redo(), kept.all]).toEqual([true, []])
})
