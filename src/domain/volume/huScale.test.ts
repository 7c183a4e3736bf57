import { expect, test } from 'vitest'
import { checkHuScale, summariseHu } from './huScale.ts'

const PATHS = ['a/1.dcm', 'a/2.dcm', 'a/3.dcm']

test('a volume with air near −1000 HU passes', () => {
  const summary = summariseHu([Int16Array.of(-1000, -990, 40, 50, 60)])
  expect(summary).toEqual({ minHu: -1000, maxHu: 60, airShare: 0.4 })
  expect(checkHuScale(summary, PATHS)).toBeNull()
})

test('raw stored values without the intercept are named', () => {
  const problem = checkHuScale(summariseHu([Int16Array.of(24, 0, 1064, 1080)]), PATHS)
  expect(problem?.code).toBe('hu-scale-suspect')
  expect(problem?.message).toContain('a/1.dcm and 2 more files: no air')
  expect(problem?.files).toEqual(PATHS)
  expect(problem?.message).toContain('0 to 1080')
})

test('an intercept that was applied twice is named', () => {
  expect(checkHuScale(summariseHu([new Int16Array(1000).fill(-2024)]), PATHS)?.code).toBe('hu-scale-suspect')
})
