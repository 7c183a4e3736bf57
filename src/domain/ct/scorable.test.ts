import { expect, test } from 'vitest'
import { describeFilling, whyUnscored } from './scorable.ts'

const volumeOf = (missing: number, layers: number) => ({
  size: [4, 4, layers] as const,
  missing: Array.from({ length: missing }, (_, k) => k),
})

test('a volume is scored while at most 5 % of its layers are missing', () => {
  expect(whyUnscored(volumeOf(0, 40))).toBeNull()
  expect(whyUnscored(volumeOf(2, 40))).toBeNull()
  const problem = whyUnscored(volumeOf(3, 40))
  expect(problem?.code).toBe('too-much-missing')
  expect(problem?.message).toContain('3 of 40 slices are missing (8 %)')
})

test('what is filled for the model is told with its number', () => {
  expect(describeFilling(volumeOf(0, 40), 'Chest')).toBeNull()
  expect(describeFilling(volumeOf(1, 40), 'Chest')?.message).toContain('Chest: 1 of 40 slices is missing')
})

test.each([
  [[512, 512, 1], 'A single slice is a flat image'],
  [[512, 512, 2], '2 slices are a flat image'],
  [[1, 512, 300], 'A single slice is a flat image'],
])('an image of %j voxels is shown without scores', (size, words) => {
  const problem = whyUnscored({ size: [size[0], size[1], size[2]], missing: [] })
  expect(problem?.code).toBe('flat-unscored')
  expect(problem?.message).toContain(words)
})

test('three slices are a volume', () => {
  expect(whyUnscored({ size: [512, 512, 3], missing: [] })).toBeNull()
})
