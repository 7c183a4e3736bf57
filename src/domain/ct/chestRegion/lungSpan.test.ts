import { expect, it } from 'vitest'
import type { CoarseBody } from './coarseBody.ts'
import { findLungSpan, toSameHeight, toScanSpan } from './lungSpan.ts'

/** Ten layers of four cells, 3 mm apart, the lowest at I 30; so many cells of each are lung. */
function bodyOf(airCells: readonly number[]): CoarseBody {
  const hu = Int16Array.from(airCells.flatMap((count) => [0, 1, 2, 3].map((n) => (n < count ? -850 : 40))))
  return {
    size: [2, 2, airCells.length],
    inside: new Uint8Array(hu.length).fill(1),
    hu,
    cellMm: [3, 3, 3],
    originLpsMm: [0, 0, -30],
    stepsLpsMm: [
      [3, 0, 0],
      [0, 3, 0],
      [0, 0, 3],
    ],
  }
}

it('reaches from base to apex, and not to the gas of the bowel below', () => {
  expect(findLungSpan(bodyOf([1, 0, 0, 1, 3, 4, 4, 3, 1, 0]))).toEqual({ bottomMm: -21, topMm: -6 })
  expect(findLungSpan(bodyOf([0, 0, 0, 0]))).toBeNull()
})

it('brings a height of one chest to that of another by its share between apex and base', () => {
  const [small, large] = [
    { topMm: 100, bottomMm: -100 },
    { topMm: 1300, bottomMm: 1000 },
  ]
  expect([100, 0, -100, -120].map((z) => toSameHeight(z, small, large))).toEqual([1300, 1150, 1000, 970])
  expect(toSameHeight(toSameHeight(37, small, large), large, small)).toBeCloseTo(37, 9)
})

it('takes the whole scan where nobody has looked for lungs', () => {
  const stack = { normal: [0, 0, -1], firstMm: 357.5, stepMm: 1.25, count: 275 } as const
  expect(toScanSpan(stack)).toEqual({ topMm: -357.5, bottomMm: -700 })
})
