import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { VolumeGeometry } from '../volume/volume.ts'
import type { CtInputSpec } from './ctInputSpec.ts'
import { toCtInput } from './toCtInput.ts'

interface GoldenCase extends VolumeGeometry {
  readonly name: string
  readonly spec: CtInputSpec
}

// Written by training/scripts/make_golden_ct_input.py; a missing file must fail, not skip.
const FOLDER = new URL('../../../fixtures/golden/ct_input/', import.meta.url)
const readBytes = (name: string) => {
  const bytes = readFileSync(new URL(name, FOLDER))
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
}
const cases: GoldenCase[] = JSON.parse(readFileSync(new URL('cases.json', FOLDER), 'utf8'))

test('the golden set has the cases it should have', () => {
  expect(cases.map((golden) => golden.name)).toEqual([
    'axial',
    'axial-head-first',
    'coronal',
    'ras-oblique',
    'sar',
    'thin',
    'sar-2mm',
    'hu-offset',
  ])
})

test.each(cases)('$name gives the same tensor as PyTorch', (golden) => {
  const hu = new Int16Array(readBytes(`${golden.name}.volume.i16.bin`))
  const expected = new Float32Array(readBytes(`${golden.name}.expected.f32.bin`))
  const { data } = toCtInput({ ...golden, id: golden.name, hu, missing: [] }, golden.spec)
  expect(data.length).toBe(expected.length)
  const worst = data.reduce((max, value, n) => Math.max(max, Math.abs(value - expected[n])), 0)
  // Rounding grows with the range of the values: 2 for the window of CT-CLIP.
  const range = (golden.spec.huClip[1] - golden.spec.huClip[0]) / golden.spec.huDivisor
  expect(worst / range).toBeLessThan(2.5e-6)
})
