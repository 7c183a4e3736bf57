import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { toWindows, type WindowRule } from './windows.ts'

interface GoldenCase {
  readonly name: string
  readonly samples: number
  readonly rule: WindowRule
  readonly windows: readonly (readonly [number, number])[]
}

// Written by training/scripts/make_golden_windows.py; a missing file must fail, not skip.
const FILE = new URL('../../../fixtures/golden/speech/windows.json', import.meta.url)
const golden: { sampleRateHz: number; cases: GoldenCase[] } = JSON.parse(readFileSync(FILE, 'utf8'))

test('the golden set has encoders of fixed and of free length', () => {
  const fixed = golden.cases.filter(({ rule }) => rule.fixedSamples)
  expect(fixed.length).toBeGreaterThan(10)
  expect(golden.cases.length - fixed.length).toBeGreaterThan(20)
})

test.each(golden.cases)('$name samples are cut as Python cuts them', ({ samples, rule, windows }) => {
  expect(toWindows(samples, golden.sampleRateHz, rule).map(({ start, end }) => [start, end])).toEqual(windows)
})
