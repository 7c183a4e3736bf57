import { expect, it } from 'vitest'
import { makeNodule, type NoduleSpec } from '../../../phantom/nodules.fixture.ts'
import type { Vec3, Volume } from '../volume/volume.ts'
import { isRefusal } from './cutNodule.ts'
import { measureNodule, NODULE_REACH_MM } from './measureNodule.ts'
import { toNoduleCrop } from './noduleCrop.ts'

/* A few of the nodules that `npm run measure:nodule` measures; limits are those of its figures. */

const THIN: Vec3 = [0.7, 0.7, 1]

const measure = (volume: Volume, seed: Vec3) => measureNodule(toNoduleCrop(volume, seed, NODULE_REACH_MM), seed)

function measureMade(spec: NoduleSpec, seeds = 2) {
  const made = makeNodule(spec)
  const found = made.seedsLpsMm.slice(0, seeds).map((seed) => measure(made.volume, seed))
  return { made, found }
}

const PATIENCE_MS = 240_000

it.each([
  ['isolated', 6, 10, 22],
  ['vessel', 8, 10, 22],
  ['pleura', 10, 12, 46],
] as const)(
  'measures a solid nodule, %s, of %d mm within %d percent',
  (kind, diameterMm, percent, halfMm) => {
    const { made, found } = measureMade({ kind, diameterMm, spacingMm: THIN, number: 0, halfMm }, 1)
    for (const nodule of found) {
      if (isRefusal(nodule)) throw new Error(nodule.refusal)
      expect(nodule.kind).toBe('solid')
      expect(Math.abs(nodule.volumeMm3 / made.volumeMm3 - 1) * 100).toBeLessThan(percent)
    }
  },
  PATIENCE_MS,
)

it(
  'finds ground glass, and calls it that',
  () => {
    const { made, found } = measureMade(
      { kind: 'ground glass', diameterMm: 10, spacingMm: THIN, number: 0, halfMm: 22 },
      1,
    )
    const [nodule] = found
    if (isRefusal(nodule)) throw new Error(nodule.refusal)
    expect(nodule.kind).toBe('ground glass')
    expect(Math.abs(nodule.volumeMm3 / made.volumeMm3 - 1)).toBeLessThan(0.1)
  },
  PATIENCE_MS,
)

it(
  'never calls a small nodule with ground glass around a solid one of its core',
  () => {
    for (const diameterMm of [6, 15]) {
      const { made, found } = measureMade({ kind: 'part-solid', diameterMm, spacingMm: THIN, number: 0, halfMm: 22 }, 1)
      for (const nodule of found) {
        if (isRefusal(nodule)) continue
        expect(nodule.kind).toBe('part-solid')
        expect(Math.abs(nodule.volumeMm3 / made.volumeMm3 - 1)).toBeLessThan(0.2)
      }
    }
  },
  PATIENCE_MS,
)

it(
  'says the axes of a ball: its diameter, in an axial layer',
  () => {
    const { found } = measureMade({ kind: 'isolated', diameterMm: 10, spacingMm: THIN, number: 0, halfMm: 22 }, 1)
    const [nodule] = found
    if (isRefusal(nodule)) throw new Error(nodule.refusal)
    const [a, b, c, d] = nodule.axes
    const apart = (from: Vec3, to: Vec3) => Math.hypot(...from.map((mm, axis) => mm - to[axis]))
    expect(Math.abs(apart(a, b) - 10)).toBeLessThan(1)
    expect(Math.abs(apart(c, d) - 10)).toBeLessThan(1.2)
    expect(new Set([a[2], b[2], c[2], d[2]]).size).toBe(1)
  },
  PATIENCE_MS,
)

it(
  'refuses lung, air and what lies outside of the scan, and says why',
  () => {
    const { volume } = makeNodule({ kind: 'isolated', diameterMm: 10, spacingMm: THIN, number: 0, halfMm: 22 })
    const [x, y, z] = volume.originLpsMm
    const beside = measure(volume, [x - 20, y, z])
    expect(beside).toEqual({ refusal: 'Nothing was measured there.' })
    const air: Volume = { ...volume, hu: volume.hu.map(() => -850) }
    expect(measure(air, [x + 22, y + 22, z + 22])).toEqual({
      refusal: 'Nothing there is denser than the lung around it.',
    })
    const water: Volume = { ...volume, hu: volume.hu.map(() => 0) }
    expect(measure(water, [x + 22, y + 22, z + 22])).toMatchObject({
      refusal: expect.stringMatching(/too little lung/),
    })
  },
  PATIENCE_MS,
)

it(
  'refuses a nodule that missing slices cut',
  () => {
    const made = makeNodule({ kind: 'isolated', diameterMm: 10, spacingMm: THIN, number: 0, halfMm: 22 })
    const { volume, seedsLpsMm } = made
    const k = Math.round(seedsLpsMm[0][2] - volume.originLpsMm[2])
    const answer = measure({ ...volume, missing: [k + 3, k + 4] }, seedsLpsMm[0])
    expect(isRefusal(answer)).toBe(true)
  },
  PATIENCE_MS,
)
