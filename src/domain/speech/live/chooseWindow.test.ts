import { expect, it } from 'vitest'
import { NO_WORDS } from './agreement.ts'
import { chooseWindow, WHOLE } from './chooseWindow.ts'

/** Settled words of half a second each, the first at 0. */
const words = (count: number) => ({
  settled: Array.from({ length: count }, (_, n) => ({
    text: `w${n}`,
    startSeconds: n / 2,
    endSeconds: n / 2 + 0.5,
    probability: 1,
  })),
  unsettled: [],
})
const RULE = { endSeconds: 6, longestSeconds: 7, isTailOnly: false }

it('hears all from the beginning while that is no longer than a pass may be', () => {
  expect(chooseWindow(WHOLE, words(10), RULE)).toEqual(WHOLE)
})

it('begins shortly before the third last settled word once it is longer, or where the machine is slow', () => {
  const later = { fromSeconds: 3.4, isForced: false }
  expect(chooseWindow(WHOLE, words(10), { ...RULE, endSeconds: 7.1 })).toEqual(later)
  expect(chooseWindow(WHOLE, words(10), { ...RULE, isTailOnly: true })).toEqual(later)
})

it('begins at a later settled word where the third last lies too far back', () => {
  expect(chooseWindow(WHOLE, words(10), { ...RULE, endSeconds: 11 })).toEqual({ fromSeconds: 4.4, isForced: false })
})

it('begins anywhere where nothing was settled in time, and is never longer than a pass may be', () => {
  expect(chooseWindow(WHOLE, NO_WORDS, { ...RULE, endSeconds: 9 })).toEqual({ fromSeconds: 2, isForced: true })
  expect(chooseWindow(WHOLE, words(4), { ...RULE, endSeconds: 20 })).toEqual({ fromSeconds: 13, isForced: true })
})

it('never goes back', () => {
  const former = { fromSeconds: 4, isForced: true }
  expect(chooseWindow(former, words(6), { ...RULE, isTailOnly: true })).toEqual(former)
  expect(chooseWindow(former, words(6), { ...RULE, endSeconds: 12 })).toEqual({ fromSeconds: 5, isForced: true })
})
