import { expect, test } from 'vitest'
import type { Vec3, Volume } from '../volume/volume.ts'
import type { CtInputSpec } from './ctInputSpec.ts'
import { toCtInput } from './toCtInput.ts'

const SIZE: Vec3 = [5, 4, 12]
const SLICE = SIZE[0] * SIZE[1]

const SPEC: CtInputSpec = {
  axisCodes: 'SLP',
  shape: [20, 6, 5],
  spacingMm: [1.3, 0.9, 1.1],
  interpolation: 'trilinear',
  sizeRounding: 'truncate',
  huClip: [-1000, 1000],
  huDivisor: 1000,
  padValue: -1,
  cropRule: 'centre',
}

function createDice(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** A volume with the given layers missing, and the same with these layers filled by hand from the measured ones. */
function makeTwins(missing: readonly number[], towardsHead: boolean, dice: (below: number) => number) {
  // Steps of 60 HU, so that a filled layer is a whole number wherever a gap has up to five layers.
  const hu = Int16Array.from({ length: SLICE * SIZE[2] }, () => 60 * (dice(30) - 15))
  const filled = hu.slice()
  const measured = Array.from({ length: SIZE[2] }, (_, k) => k).filter((k) => !missing.includes(k))
  for (const k of missing) {
    const below = measured.findLast((one) => one < k) ?? measured[0]
    const above = measured.find((one) => one > k) ?? measured[measured.length - 1]
    const weight = above === below ? 0 : Math.max(0, Math.min(1, (k - below) / (above - below)))
    for (let n = 0; n < SLICE; n++) {
      filled[k * SLICE + n] = hu[below * SLICE + n] + weight * (hu[above * SLICE + n] - hu[below * SLICE + n])
    }
    hu.fill(-1024, k * SLICE, (k + 1) * SLICE)
  }
  const volume: Volume = {
    id: 'gaps',
    size: SIZE,
    spacingMm: [1, 1.2, 2],
    originLpsMm: [0, 0, 0],
    directionLps: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, towardsHead ? 1 : -1],
    ],
    hu,
    missing,
  }
  return { volume, filled: { ...volume, hu: filled, missing: [] } }
}

test.each([
  [[5]],
  [[3, 4]],
  [[2, 3, 4, 5, 6]],
  [[0, 1]],
  [[10, 11]],
  [[1, 3, 5, 7]],
  [[0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11]],
])(
  'the input of a volume without the layers %j is that of the volume with them filled from their neighbours',
  (missing) => {
    for (const towardsHead of [true, false]) {
      const { volume, filled } = makeTwins(missing, towardsHead, createDice(missing.length + 7))
      const [actual, wanted] = [toCtInput(volume, SPEC), toCtInput(filled, SPEC)]
      const worst = actual.data.reduce((max, value, n) => Math.max(max, Math.abs(value - wanted.data[n])), 0)
      expect(worst).toBeLessThan(1e-6)
      expect(actual.stepsLpsMm).toEqual(wanted.stepsLpsMm)
    }
  },
)

test('a volume without a measured layer is impossible', () => {
  const { volume } = makeTwins([], true, createDice(1))
  const missing = Array.from({ length: SIZE[2] }, (_, k) => k)
  expect(() => toCtInput({ ...volume, missing }, SPEC)).toThrow('every layer')
})
