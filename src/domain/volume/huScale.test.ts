import { expect, test } from 'vitest'
import { checkHuScale, summariseHu } from './huScale.ts'

const PATHS = ['a/1.dcm', 'a/2.dcm', 'a/3.dcm']

test('a volume with air near −1000 HU passes', () => {
  const summary = summariseHu([Int16Array.of(-1000, -990, 40, 50, 60)])
  expect(summary).toEqual({ minHu: -1000, maxHu: 60, airShare: 0.4, tissueShare: 0.6 })
  expect(checkHuScale(summary, PATHS)).toBeNull()
})

test('raw stored values without the intercept are named', () => {
  const problem = checkHuScale(summariseHu([Int16Array.of(24, 0, 1064, 1080)]), PATHS)
  expect(problem?.code).toBe('hu-scale-suspect')
  expect(problem?.message).toContain('a/1.dcm and 2 more files: no air')
  expect(problem?.files).toEqual(PATHS)
  expect(problem?.message).toContain('0 to 1080')
})

test('voxels that are no number say nothing of the scale', () => {
  const mr = Int16Array.of(-1024, -1024, 40, 300, 320)
  expect(checkHuScale(summariseHu([mr]), PATHS)).toBeNull()
  expect(checkHuScale(summariseHu([mr], 2), PATHS)?.message).toContain('no air near')
})

test('an intercept that was applied twice is named, also where the tissue then lies at −1000', () => {
  const tissueAsAir = Int16Array.from({ length: 1000 }, (_, n) => (n % 2 ? -1024 : -980))
  expect(checkHuScale(summariseHu([tissueAsAir]), PATHS)?.message).toContain('no soft tissue near 0 HU')
  expect(checkHuScale(summariseHu([new Int16Array(1000).fill(-2024)]), PATHS)?.code).toBe('hu-scale-suspect')
})
