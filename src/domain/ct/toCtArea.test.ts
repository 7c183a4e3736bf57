import { expect, test } from 'vitest'
import { heatPeakLpsMm, toTokenPlacement } from '../grounding/heat.ts'
import type { Vec3, Volume } from '../volume/volume.ts'
import type { AreaInputSpec } from './ctInputSpec.ts'
import { findForeground } from './foreground.ts'
import { createSlabSampler, planCtInput, toCtInput, toCtInputGeometry } from './toCtInput.ts'

const AXIAL: Volume['directionLps'] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]

const specOf = (shape: Vec3, part: Partial<AreaInputSpec> = {}): AreaInputSpec => ({
  axisCodes: 'SLP',
  shape,
  interpolation: 'area',
  foregroundHu: -1000,
  huClip: [-1000, 200],
  huOffset: -1000,
  huDivisor: 1200,
  ...part,
})

const volumeOf = (size: Vec3, hu: ArrayLike<number>, part: Partial<Volume> = {}): Volume => ({
  id: 'test',
  size,
  spacingMm: [1, 1, 1],
  originLpsMm: [0, 0, 0],
  directionLps: AXIAL,
  hu: Int16Array.from(hu),
  missing: [],
  ...part,
})

const toHu = (data: Float32Array) => [...data].map((value) => Math.round(value * 1200 - 1000))

test('the mean comes before the clip: contrast lifts what lies beside it', () => {
  const volume = volumeOf([4, 1, 1], [3000, -1000, -800, -900])
  expect(toHu(toCtInput(volume, specOf([1, 2, 1], { foregroundHu: -2000 })).data)).toEqual([200, -850])
})

test('five voxels become three by the windows of an adaptive mean, which overlap', () => {
  const volume = volumeOf([5, 1, 1], [-900, -600, -300, 0, 150])
  expect(toHu(toCtInput(volume, specOf([1, 3, 1])).data)).toEqual([-750, -300, 75])
})

test('fewer voxels than are wanted repeat, without a mixture where none is needed', () => {
  const volume = volumeOf([2, 1, 1], [-500, 100])
  expect(toHu(toCtInput(volume, specOf([1, 4, 1])).data)).toEqual([-500, -500, 100, 100])
})

test('the foreground is what lies above the limit, not at it', () => {
  const hu = new Int16Array(6 * 5 * 4).fill(-1000)
  hu[1 + 6 * (2 + 5 * 1)] = -999
  hu[4 + 6 * (3 + 5 * 2)] = 40
  expect(findForeground(volumeOf([6, 5, 4], hu), -1000)).toEqual({ start: [1, 2, 1], end: [5, 4, 3] })
  expect(findForeground(volumeOf([6, 5, 4], hu), 40)).toBeNull()
})

test('the foreground of a thousand random volumes is that of looking at every voxel', () => {
  let state = 5
  const dice = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  for (let n = 0; n < 1000; n++) {
    const size: Vec3 = [1 + dice(6), 1 + dice(6), 1 + dice(6)]
    const hu = new Int16Array(size[0] * size[1] * size[2]).fill(-1024)
    for (let k = dice(5); k > 0; k--) hu[dice(hu.length)] = 0
    const low = [9, 9, 9]
    const high = [-1, -1, -1]
    for (const [at, value] of hu.entries()) {
      if (value < 0) continue
      const index = [at % size[0], Math.floor(at / size[0]) % size[1], Math.floor(at / (size[0] * size[1]))]
      for (const axis of [0, 1, 2]) {
        low[axis] = Math.min(low[axis], index[axis])
        high[axis] = Math.max(high[axis], index[axis] + 1)
      }
    }
    expect(findForeground(volumeOf(size, hu), -1000)).toEqual(high[0] < 0 ? null : { start: low, end: high })
  }
})

test('a volume of air is taken whole and said to be empty', () => {
  const volume = volumeOf([4, 3, 2], new Int16Array(24).fill(-1024))
  const input = toCtInput(volume, specOf([2, 2, 2]))
  expect(input.isEmpty).toBe(true)
  expect([...input.data]).toEqual(new Array(8).fill(0))
  expect(input.stepsLpsMm).toEqual([
    [0, 0, 1],
    [2, 0, 0],
    [0, 1.5, 0],
  ])
})

/** HU that rise along the patient's axes, in a box in the middle of air. */
function gradientVolume(directionLps: Volume['directionLps'], missing: readonly number[] = []): Volume {
  const size: Vec3 = [30, 26, 28]
  const spacingMm: Vec3 = [2, 1.5, 3]
  const originLpsMm: Vec3 = [31, 12, -7]
  const hu = new Int16Array(size[0] * size[1] * size[2]).fill(-1024)
  for (let k = 4; k < 25; k++)
    for (let j = 5; j < 23; j++)
      for (let i = 3; i < 27; i++)
        hu[i + size[0] * (j + size[1] * k)] = huAt(
          [0, 1, 2].map(
            (n) =>
              originLpsMm[n] +
              i * spacingMm[0] * directionLps[0][n] +
              j * spacingMm[1] * directionLps[1][n] +
              k * spacingMm[2] * directionLps[2][n],
          ),
        )
  for (const k of missing) hu.fill(-1024, k * size[0] * size[1], (k + 1) * size[0] * size[1])
  return volumeOf(size, hu, { spacingMm, originLpsMm, directionLps, missing })
}

const huAt = (point: readonly number[]) => Math.round(-400 + 2 * point[0] - 3 * point[1] + 2.5 * point[2])

const tilt = Math.PI / 12
const WAYS: Readonly<Record<string, Volume['directionLps']>> = {
  axial: AXIAL,
  'feet first': [AXIAL[0], AXIAL[1], [0, 0, -1]],
  sagittal: [
    [0, 1, 0],
    [0, 0, -1],
    [1, 0, 0],
  ],
  'oblique coronal': [
    [-Math.cos(tilt), 0, Math.sin(tilt)],
    [-Math.sin(tilt), 0, -Math.cos(tilt)],
    [0, -1, 0],
  ],
}

test.each(Object.entries(WAYS))('every tensor voxel lies where origin and steps say: %s', (_, directionLps) => {
  const volume = gradientVolume(directionLps)
  for (const axisCodes of ['SLP', 'SRA', 'SAR', 'SPL'] as const) {
    // Divides 24, 18 and 21 voxels whichever way they come to lie: 6 and 3 do, so a mean lies at its middle.
    const spec = specOf([3, 3, 3], { axisCodes, huClip: [-2000, 2000] })
    const input = toCtInput(volume, spec)
    input.data.forEach((value, n) => {
      const index = [Math.floor(n / 9), Math.floor(n / 3) % 3, n % 3]
      const point = [0, 1, 2].map(
        (axis) => input.originLpsMm[axis] + input.stepsLpsMm.reduce((sum, step, m) => sum + step[axis] * index[m], 0),
      )
      expect(Math.abs(value * 1200 - 1000 - huAt(point))).toBeLessThan(1)
    })
    expect(input.stepsLpsMm[0][2]).toBeGreaterThan(0)
    expect(toCtInputGeometry(volume, planCtInput(volume, spec))).toEqual({
      shape: input.shape,
      isEmpty: false,
      originLpsMm: input.originLpsMm,
      stepsLpsMm: input.stepsLpsMm,
    })
  }
})

test('the token of greatest heat is put where its voxels were cut out', () => {
  const volume = gradientVolume(AXIAL)
  const input = toCtInput(volume, specOf([42, 48, 36]))
  const placement = toTokenPlacement(input, input.shape, [7, 6, 6])
  // Foreground: 24 × 18 × 21 voxels from (3, 5, 4); tokens of 4 × 3 × 3 voxels. Token (S 6, L 0, P 5) is i 3–6, j 20–22, k 22–24.
  const heat = new Float32Array(7 * 6 * 6)
  heat[6 * 36 + 0 * 6 + 5] = 1
  const peak = heatPeakLpsMm(heat, [7, 6, 6], placement, null)
  expect(peak[0]).toBeCloseTo(31 + 4.5 * 2, 6)
  expect(peak[1]).toBeCloseTo(12 + 21 * 1.5, 6)
  expect(peak[2]).toBeCloseTo(-7 + 23 * 3, 6)
})

test('slabs are pieces of the whole: each can be computed by itself', () => {
  for (const directionLps of Object.values(WAYS)) {
    const volume = gradientVolume(directionLps, [9])
    const spec = specOf([12, 7, 10])
    const whole = toCtInput(volume, spec).data
    const sample = createSlabSampler(volume, planCtInput(volume, spec))
    for (let start = 0; start < 12; start += 3) {
      const slab = new Float32Array(3 * 70)
      sample({ start, end: start + 3 }, slab)
      expect([...slab]).toEqual([...whole.subarray(start * 70, (start + 3) * 70)])
    }
  }
})

/** The same volume with its missing layers filled by hand from the measured ones around them. */
function fillByHand(volume: Volume): Volume {
  const layer = volume.size[0] * volume.size[1]
  const filled = volume.hu.slice()
  const measured = Array.from({ length: volume.size[2] }, (_, k) => k).filter((k) => !volume.missing.includes(k))
  for (const k of volume.missing) {
    const below = measured.findLast((one) => one < k) ?? measured[0]
    const above = measured.find((one) => one > k) ?? measured[measured.length - 1]
    const share = above === below ? 0 : Math.max(0, Math.min(1, (k - below) / (above - below)))
    for (let n = 0; n < layer; n++) {
      const value = volume.hu[below * layer + n]
      filled[k * layer + n] = Math.round(value + share * (volume.hu[above * layer + n] - value))
    }
  }
  return { ...volume, hu: filled, missing: [] }
}

test.each([
  [[9]],
  [[3]],
  [[2, 3]],
  [[4]],
  [[4, 5]],
  [[24, 25]],
  [[25, 26]],
  [[26, 27]],
  [[0, 1, 2, 3, 4, 5]],
  [[20, 21, 22, 23, 24, 25, 26, 27]],
])('without the layers %j the input and its place are those of the volume with them filled', (missing) => {
  for (const directionLps of Object.values(WAYS)) {
    const volume = gradientVolume(directionLps, missing)
    const [actual, wanted] = [volume, fillByHand(volume)].map((one) => toCtInput(one, specOf([10, 9, 8])))
    const worst = actual.data.reduce((max, value, n) => Math.max(max, Math.abs(value - wanted.data[n])), 0)
    // Filled by hand a voxel is rounded to a whole HU.
    expect(worst * 1200).toBeLessThan(0.51)
    expect(actual.originLpsMm).toEqual(wanted.originLpsMm)
    expect(actual.stepsLpsMm).toEqual(wanted.stepsLpsMm)
  }
})

test('a volume without a measured layer is impossible', () => {
  const volume = { ...gradientVolume(AXIAL), missing: Array.from({ length: 28 }, (_, k) => k) }
  expect(() => toCtInput(volume, specOf([2, 2, 2]))).toThrow('every layer')
})
