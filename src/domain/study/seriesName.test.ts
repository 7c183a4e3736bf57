import { expect, test } from 'vitest'
import { type NamedSeries, toDistinctNames, toStackText } from './seriesName.ts'

const series = (change: Partial<NamedSeries>): NamedSeries => ({
  title: 'Chest',
  format: 'dicom',
  sliceCount: 275,
  spacingMm: [0.7, 0.7, 1.25],
  kernel: 'B60f',
  ...change,
})

test('a series whose title is its own keeps it; equal ones are told apart by slices and kernel, then by their order', () => {
  const all = [
    series({ title: 'Scout' }),
    series({}),
    series({ kernel: 'B30f' }),
    series({ sliceCount: 64, spacingMm: [1, 1, 5] }),
    series({ sliceCount: 64, spacingMm: [1, 1, 5] }),
  ]
  expect(toDistinctNames(all, true)).toEqual([
    'Scout',
    'Chest, 275 × 1.25 mm, B60f',
    'Chest, 275 × 1.25 mm, B30f',
    'Chest, 64 × 5 mm, B60f (1)',
    'Chest, 64 × 5 mm, B60f (2)',
  ])
})

test('names of files are hidden with the identity, and still told apart', () => {
  const files = ['doe.nii', 'roe.nii'].map((title) => series({ title, format: 'nifti', kernel: null }))
  expect(toDistinctNames(files, false)).toEqual(['NIfTI volume, 275 × 1.25 mm (1)', 'NIfTI volume, 275 × 1.25 mm (2)'])
})

test('without a spacing slices are counted', () => {
  expect([1, 3].map((sliceCount) => toStackText({ sliceCount, spacingMm: null }))).toEqual(['1 slice', '3 slices'])
})
