import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { toAxisSampling } from '../ct/resampleAxis.ts'
import { snapSpacingMm } from './spacing.ts'

interface Row {
  readonly storedMm: number
  readonly meantMm: number
  readonly count: number
  readonly targetMm: number
  readonly size: number
}

/** Python reads the same file (training/tests/test_spacings.py). */
const ROWS: Row[] = JSON.parse(readFileSync(new URL('../../../fixtures/golden/spacings.json', import.meta.url), 'utf8'))

test('a spacing loses the noise of floating point and keeps exact fractions', () => {
  expect([0.9999999999999998, 0.699999988079071, 2.5000005].map(snapSpacingMm)).toEqual([1, 0.7, 2.5])
  expect([375 / 512, 431 / 512, 0.78125].map(snapSpacingMm)).toEqual([0.732421875, 0.841796875, 0.78125])
})

test.each(ROWS)('$count layers of $storedMm mm are resampled to $size of $targetMm mm, as Python does', (row) => {
  expect(snapSpacingMm(row.storedMm)).toBe(row.meantMm)
  const { lower } = toAxisSampling({
    sourceSize: row.count,
    sourceSpacingMm: row.storedMm,
    targetSize: 10_000,
    targetSpacingMm: row.targetMm,
    flipped: false,
  })
  expect(lower).toHaveLength(row.size)
})
