import { expect, it } from 'vitest'
import { DEFAULT_SLAB, formatSlab, SLAB_STEPS_MM, toSlabMm, toSteppedMm } from './slab.ts'

it('grows by steps that are fine where slabs are thin, ends at the bounds and is no slab below the least', () => {
  const up = [null, 1, 9, 9.5, 10, 28, 30, 200].map((mm) => toSteppedMm(mm, 1))
  expect(up).toEqual([1, 2, 10, 10, 12, 30, 35, 200])
  const down = [null, 1, 1.5, 10, 12, 30, 35, 200].map((mm) => toSteppedMm(mm, -1))
  expect(down).toEqual([null, null, 1, 9, 10, 28, 30, 195])
  expect(SLAB_STEPS_MM).toHaveLength(10 + 10 + 34)
  expect(SLAB_STEPS_MM.slice(8, 23)).toEqual([9, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 35, 40, 45])
  expect(toSteppedMm(3, -5)).toBeNull()
  expect(toSteppedMm(null, 3)).toBe(3)
})

it('keeps a typed thickness to tenths within its bounds, and is written as it is read', () => {
  expect([0.2, 7.26, 1000].map(toSlabMm)).toEqual([1, 7.3, 200])
  expect(formatSlab(DEFAULT_SLAB)).toBe('MIP 10 mm')
})
