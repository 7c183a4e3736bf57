import { expect, test } from 'vitest'
import { summariseHu } from './huScale.ts'
import { isMissingAt, type MissingMask, toMeasuredHu, toMissingMask } from './measuredLayers.ts'

test('statistics leave missing layers out', () => {
  // Two voxels a layer; layers 0, 2 and 3 of five are missing.
  const hu = Int16Array.of(-1024, -1024, 10, 20, -1024, -1024, -1024, -1024, 30, -900)
  const parts = toMeasuredHu(hu, [2, 1, 5], [0, 2, 3])
  expect(parts.map((part) => [...part])).toEqual([
    [10, 20],
    [30, -900],
  ])
  expect(summariseHu(parts)).toEqual({ minHu: -900, maxHu: 30, airShare: 0.25, tissueShare: 0.75 })
})

test('a place is missing in a missing layer, and where a view would mix one with its neighbour', () => {
  const mask = toMissingMask({ missing: [3, 6], size: [1, 1, 7] }) as MissingMask
  const missing = [-1, 0, 1.99, 2, 2.01, 2.5, 3, 3.5, 3.97, 3.99, 4, 4.5, 5, 5.1, 6, 6.4].map((k) =>
    isMissingAt(mask, k),
  )
  expect(missing).toEqual([
    false,
    false,
    false,
    false,
    false,
    true,
    true,
    true,
    true,
    false,
    false,
    false,
    false,
    true,
    true,
    true,
  ])
  expect(toMissingMask({ missing: [], size: [1, 1, 7] })).toBeNull()
})
