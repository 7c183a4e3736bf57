import { expect, test } from 'vitest'
import { checkHuScale, summariseHu } from './huScale.ts'

test('a volume with air near −1000 HU passes', () => {
  const summary = summariseHu([Int16Array.of(-1000, -990, 40, 50, 60)])
  expect(summary).toEqual({ minHu: -1000, maxHu: 60, airShare: 0.4 })
  expect(checkHuScale(summary, 'Scan A')).toBeNull()
})

test('raw stored values without the intercept are named', () => {
  const problem = checkHuScale(summariseHu([Int16Array.of(24, 0, 1064, 1080)]), 'Scan A')
  expect(problem?.code).toBe('hu-scale-suspect')
  expect(problem?.message).toContain('Scan A')
  expect(problem?.message).toContain('0 to 1080')
})

test('an intercept that was applied twice is named', () => {
  expect(checkHuScale(summariseHu([new Int16Array(1000).fill(-2024)]), 'Scan A')?.code).toBe('hu-scale-suspect')
})
