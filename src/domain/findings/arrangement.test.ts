import { expect, it } from 'vitest'
import { type ArrangedRow, arrangeRows, keepPlaces, toUnfolded } from './arrangement.ts'
import type { PanelRow } from './panel.ts'

const row = (id: string, part: Partial<PanelRow> = {}): PanelRow => ({
  id,
  label: id,
  probability: 0.5,
  seen: 'absent',
  said: 'not-mentioned',
  deciding: [],
  agreement: null,
  ...part,
})
const places = (rows: readonly ArrangedRow[]) => rows.map(({ id, group }) => `${group}: ${id}`)

const QUIET = [row('a', { probability: 0.2 }), row('b', { probability: 0.9 }), row('c', { probability: 0.2 })]

/** What is said of the rows of `QUIET` with a fourth one. */
const SPOKEN = [
  row('a', { probability: 0.2, said: 'present', agreement: 'agree' }),
  row('b', { probability: 0.9, agreement: 'seen-not-said' }),
  row('c', { probability: 0.2 }),
  row('d', { said: 'question' }),
]

it('ranks by probability in one list while nothing is said', () => {
  expect(places(arrangeRows(QUIET))).toEqual(['ranked: b', 'ranked: a', 'ranked: c'])
})

it('puts what the reader has to settle first, then what agrees, then the rest', () => {
  expect(places(arrangeRows(SPOKEN))).toEqual(['to-resolve: d', 'to-resolve: b', 'agreed: a', 'others: c'])
})

it('orders what is to be settled by what was said of it, then by probability', () => {
  const rows = [
    row('silent', { agreement: 'seen-not-said', probability: 0.99 }),
    row('denied', { said: 'absent', agreement: 'seen-not-said', probability: 0.9 }),
    row('unsure', { said: 'uncertain', probability: 0.1 }),
    row('likely', { said: 'present', agreement: 'said-not-seen', probability: 0.3 }),
    row('unlikely', { said: 'present', agreement: 'said-not-seen', probability: 0.1 }),
    row('both', { said: 'question', probability: 0.2 }),
  ]
  const order = ['both', 'likely', 'unlikely', 'unsure', 'denied', 'silent']
  expect(places(arrangeRows(rows))).toEqual(order.map((id) => `to-resolve: ${id}`))
})

it('names what was said where no comparison with the scan holds', () => {
  const rows = [row('a', { said: 'present' }), row('b', { said: 'absent', seen: null }), row('c')]
  expect(places(arrangeRows(rows))).toEqual(['said: a', 'said: b', 'others: c'])
})

it('leaves every row where it stood, in the order and the groups of before, with what is new of it', () => {
  const former = arrangeRows(QUIET)
  const kept = keepPlaces(SPOKEN, former)
  expect(places(kept)).toEqual(['ranked: b', 'ranked: a', 'ranked: c', 'ranked: d'])
  expect(kept.map(({ said }) => said)).toEqual(['not-mentioned', 'present', 'not-mentioned', 'question'])
  const later = keepPlaces([...SPOKEN, row('e', { said: 'present', agreement: 'said-not-seen' })], arrangeRows(SPOKEN))
  expect(places(later).slice(0, 3)).toEqual(['to-resolve: d', 'to-resolve: b', 'to-resolve: e'])
})

it('drops a row that is gone and moves no other', () => {
  const kept = keepPlaces(SPOKEN.slice(1), arrangeRows(SPOKEN))
  expect(places(kept)).toEqual(['to-resolve: d', 'to-resolve: b', 'others: c'])
})

it('folds what nothing was said of, but for the chosen one and what is spoken of while the rows stand still', () => {
  const former = arrangeRows([...SPOKEN, row('e'), row('f')])
  const ids = (rows: readonly ArrangedRow[], isOpen = false, chosen: string | null = null) =>
    toUnfolded(rows, isOpen, chosen).map(({ id }) => id)
  expect(ids(former)).toEqual(['d', 'b', 'a'])
  expect(ids(former, false, 'e')).toEqual(['d', 'b', 'a', 'e'])
  expect(ids(former, true)).toEqual(['d', 'b', 'a', 'e', 'f', 'c'])
  const spoken = [...SPOKEN, row('e'), row('f', { said: 'absent', agreement: 'agree' })]
  const kept = keepPlaces(spoken, former)
  expect(ids(kept)).toEqual(['d', 'b', 'a', 'f'])
  expect(places(kept)).toContain('others: f')
})
