import { expect, it } from 'vitest'
import { rankCases } from './rankCases.ts'

it('ranks cases by cosine, ties by their place in the library, and cuts at the count', () => {
  const library = Float32Array.from([0, 1, 1, 0, 0.6, 0.8, 1, 0])
  const ranked = rankCases(Float32Array.from([1, 0]), library, 3)
  expect(ranked.map((one) => one.index)).toEqual([1, 3, 2])
  expect(ranked[2].cosine).toBeCloseTo(0.6, 6)
})
