import { expect, test } from 'vitest'
import type { Vec3, Volume } from '../volume/volume.ts'
import type { CtInputSpec, TrilinearInputSpec } from './ctInputSpec.ts'
import { createSlabSampler, planCtInput, toCtInput, toCtInputGeometry } from './toCtInput.ts'

const AXIAL: Volume['directionLps'] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]

const specOf = (
  shape: Vec3,
  spacingMm: Vec3 = [1, 1, 1],
  axisCodes: CtInputSpec['axisCodes'] = 'SLP',
): TrilinearInputSpec => ({
  axisCodes,
  shape,
  spacingMm,
  interpolation: 'trilinear',
  sizeRounding: 'truncate',
  huClip: [-1000, 1000],
  huDivisor: 1000,
  padValue: -1,
  cropRule: 'centre',
})

const volumeOf = (size: Vec3, hu: readonly number[], part: Partial<Volume> = {}): Volume => ({
  id: 'test',
  size,
  spacingMm: [1, 1, 1],
  originLpsMm: [0, 0, 0],
  directionLps: AXIAL,
  hu: Int16Array.from(hu),
  missing: [],
  ...part,
})

const values = (data: Float32Array) => [...data].map((value) => Math.round(value * 1e6) / 1e6)

test('an axial slice is transposed: the tensor goes down the columns', () => {
  const volume = volumeOf([2, 3, 1], [100, 200, 300, 400, 500, 600])
  expect(values(toCtInput(volume, specOf([1, 2, 3])).data)).toEqual([0.1, 0.3, 0.5, 0.2, 0.4, 0.6])
})

test('slices stored from head to foot are turned round', () => {
  const volume = volumeOf([1, 1, 3], [100, 200, 300], { directionLps: [AXIAL[0], AXIAL[1], [0, 0, -1]] })
  const input = toCtInput(volume, specOf([3, 1, 1]))
  expect(values(input.data)).toEqual([0.3, 0.2, 0.1])
  expect(input.originLpsMm).toEqual([0, 0, -2])
  expect(input.stepsLpsMm[0].map((value) => value + 0)).toEqual([0, 0, 1])
})

test('HU are clipped before they are mixed', () => {
  // Mixed first, (3000 + -1000) / 2 would clip to 1000; clipped first, the middle is 0.
  const volume = volumeOf([2, 1, 1], [3000, -1000], { spacingMm: [1.5, 1, 1] })
  expect(values(toCtInput(volume, specOf([1, 3, 1])).data)).toEqual([1, 0, -1])
})

test('the resampled size is truncated, never rounded', () => {
  // 4 voxels of 0.9 mm are 3.6 voxels of 1 mm: 3, so source = (t + 0.5) · 4/3 − 0.5 = 1/6, 1.5, 2 5/6.
  const volume = volumeOf([4, 1, 1], [0, 60, 120, 180], { spacingMm: [0.9, 1, 1] })
  expect(values(toCtInput(volume, specOf([1, 3, 1])).data)).toEqual([0.01, 0.09, 0.17])
  expect(values(toCtInput(volume, specOf([1, 4, 1])).data)).toEqual([0.01, 0.09, 0.17, -1])
})

test('an odd crop drops the smaller half first and an odd pad adds the smaller half first', () => {
  const volume = volumeOf(
    [5, 1, 1],
    [1, 2, 3, 4, 5].map((n) => n * 100),
  )
  expect(values(toCtInput(volume, specOf([1, 2, 1])).data)).toEqual([0.2, 0.3])
  expect(values(toCtInput(volume, specOf([1, 8, 1])).data)).toEqual([-1, 0.1, 0.2, 0.3, 0.4, 0.5, -1, -1])
})

test('padding and cropping are part of the origin', () => {
  const volume = volumeOf([5, 1, 1], [1, 2, 3, 4, 5], { originLpsMm: [10, 20, 30] })
  expect(toCtInput(volume, specOf([1, 2, 1])).originLpsMm).toEqual([11, 20, 30])
  expect(toCtInput(volume, specOf([1, 8, 1])).originLpsMm).toEqual([9, 20, 30])
})

test('a volume thinner than one target voxel still gives one', () => {
  const volume = volumeOf([1, 1, 2], [100, 300])
  expect(values(toCtInput(volume, specOf([1, 1, 1], [5, 1, 1])).data)).toEqual([0.2])
})

test('every tensor voxel lies where origin and steps say, for a flipped oblique coronal volume', () => {
  const tilt = Math.PI / 12
  const directionLps: Volume['directionLps'] = [
    [-Math.cos(tilt), 0, Math.sin(tilt)],
    [-Math.sin(tilt), 0, -Math.cos(tilt)],
    [0, -1, 0],
  ]
  const size: Vec3 = [20, 24, 18]
  const spacingMm: Vec3 = [2, 1.5, 3]
  const originLpsMm: Vec3 = [31, 12, -7]
  const huAt = (point: readonly number[]) => 3 * point[0] - 5 * point[1] + 4 * point[2]
  const toPoint = (origin: Vec3, steps: readonly Vec3[], index: readonly number[]) =>
    [0, 1, 2].map((n) => origin[n] + steps.reduce((sum, step, axis) => sum + step[n] * index[axis], 0))
  const steps = directionLps.map((axis, n) => axis.map((c) => c * spacingMm[n]) as unknown as Vec3)
  const hu = new Int16Array(size[0] * size[1] * size[2])
  hu.forEach((_, n) => {
    const index = [n % size[0], Math.floor(n / size[0]) % size[1], Math.floor(n / (size[0] * size[1]))]
    hu[n] = Math.round(huAt(toPoint(originLpsMm, steps, index)))
  })
  const volume = volumeOf(size, [], { hu, spacingMm, originLpsMm, directionLps })
  for (const axisCodes of ['SLP', 'SPL', 'SAR'] as const) {
    const spec = specOf([6, 6, 6], [2.5, 2.5, 2.5], axisCodes)
    const input = toCtInput(volume, spec)
    input.data.forEach((value, n) => {
      const index = [Math.floor(n / 36), Math.floor(n / 6) % 6, n % 6]
      expect(value * 1000).toBeCloseTo(huAt(toPoint(input.originLpsMm, input.stepsLpsMm, index)), -0.5)
    })
    expect(input.stepsLpsMm[0][2]).toBeGreaterThan(0)
    expect(toCtInputGeometry(volume, planCtInput(volume, spec)).originLpsMm).toEqual(input.originLpsMm)
  }
})

test('an offset is taken off before the division and after the clip', () => {
  const volume = volumeOf([1, 1, 3], [-2000, 100, 300])
  const spec = { ...specOf([3, 1, 1]), huClip: [-1000, 200] as const, huOffset: -400, huDivisor: 600 }
  expect(values(toCtInput(volume, spec).data)).toEqual([-1, 0.833333, 1])
})

test('slabs are pieces of the whole: each can be computed by itself, padding and all', () => {
  const size: Vec3 = [9, 8, 7]
  const volume = volumeOf(
    size,
    Array.from({ length: 9 * 8 * 7 }, (_, n) => (n * 37) % 900),
    { directionLps: [AXIAL[0], AXIAL[1], [0, 0, -1]] },
  )
  const spec = specOf([12, 7, 10], [1, 1.3, 0.8])
  const whole = toCtInput(volume, spec).data
  const sample = createSlabSampler(volume, planCtInput(volume, spec))
  for (let start = 0; start < 12; start += 3) {
    const slab = new Float32Array(3 * 70)
    sample({ start, end: start + 3 }, slab)
    expect([...slab]).toEqual([...whole.subarray(start * 70, (start + 3) * 70)])
  }
})
