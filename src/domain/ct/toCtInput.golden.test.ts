import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { VolumeGeometry } from '../volume/volume.ts'
import type { CtInputSpec } from './ctInputSpec.ts'
import { toCtInput } from './toCtInput.ts'

interface GoldenCase extends VolumeGeometry {
  readonly name: string
  readonly spec: CtInputSpec
}

const SETS = {
  ct_input: ['axial', 'axial-head-first', 'coronal', 'ras-oblique', 'sar', 'thin', 'sar-2mm', 'hu-offset'],
  ct_area: [
    'axial',
    'feet-first',
    'coronal',
    'sagittal',
    'ras',
    'oblique',
    'smaller-than-the-grid',
    'one-slice',
    'as-large-as-the-grid',
    'corner',
    'one-voxel',
    'air',
  ],
}

// Written by training/scripts/make_golden_ct_{input,area}.py; a missing file must fail, not skip.
describe.each(Object.entries(SETS))('%s', (set, names) => {
  const folder = new URL(`../../../fixtures/golden/${set}/`, import.meta.url)
  const readBytes = (name: string) => {
    const bytes = readFileSync(new URL(name, folder))
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  }
  const cases: GoldenCase[] = JSON.parse(readFileSync(new URL('cases.json', folder), 'utf8'))

  test('has the cases it should have', () => {
    expect(cases.map((golden) => golden.name)).toEqual(names)
  })

  test.each(cases)('$name gives the same tensor as PyTorch', (golden) => {
    const hu = new Int16Array(readBytes(`${golden.name}.volume.i16.bin`))
    const expected = new Float32Array(readBytes(`${golden.name}.expected.f32.bin`))
    const { data, isEmpty } = toCtInput({ ...golden, id: golden.name, hu, missing: [] }, golden.spec)
    expect(data.length).toBe(expected.length)
    expect(isEmpty).toBe(golden.name === 'air')
    const worst = data.reduce((max, value, n) => Math.max(max, Math.abs(value - expected[n])), 0)
    // Rounding grows with the range of the values: 2 for the window of CT-CLIP.
    const range = (golden.spec.huClip[1] - golden.spec.huClip[0]) / golden.spec.huDivisor
    expect(worst / range).toBeLessThan(2.5e-6)
  })
})
