import { expect, it } from 'vitest'
import { cross } from '../geometry/vector.ts'
import type { Vec3, Volume } from '../volume/volume.ts'
import { toCropPlanes } from './cropPlanes.ts'
import { clearOutside, fillLayer, toFactors, toReduced } from './reduceVolume.ts'
import { cropAlong, NEW_LOOK, SIDES, toEye, turn, WHOLE_BOX } from './solidLook.ts'
import { SOLID_PRESETS } from './solidPresets.ts'

const IDENTITY: Volume['directionLps'] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]

function toVolume(size: Vec3, spacingMm: Vec3, value: (i: number, j: number, k: number) => number): Volume {
  const hu = Int16Array.from({ length: size[0] * size[1] * size[2] }, (_, n) =>
    value(n % size[0], Math.floor(n / size[0]) % size[1], Math.floor(n / size[0] / size[1])),
  )
  return { id: 'v', size, spacingMm, originLpsMm: [10, 20, 30], directionLps: IDENTITY, hu, missing: [] }
}

it('halves the finest axes first, until there are few enough voxels', () => {
  expect(toFactors({ size: [512, 512, 275], spacingMm: [0.7, 0.7, 1] })).toEqual([2, 2, 1])
  expect(toFactors({ size: [512, 512, 1000], spacingMm: [0.7, 0.7, 0.5] })).toEqual([2, 2, 4])
  expect(toFactors({ size: [320, 320, 128], spacingMm: [1.2, 1.2, 2.5] })).toEqual([1, 1, 1])
})

it('means the blocks, those at an end over what there is of them, and lays them where they were', () => {
  const volume = toVolume([4, 3, 2], [1, 2, 4], (i, j, k) => i + 10 * j + 100 * k)
  const reduced = toReduced(volume, [2, 2, 1])
  expect(reduced).toMatchObject({ size: [2, 2, 2], spacingMm: [2, 4, 4], originLpsMm: [10.5, 21, 30] })
  for (const k of [0, 1]) fillLayer(volume, [2, 2, 1], reduced, k)
  // Means of 0, 1, 10, 11 and of the last row's 20, 21 alone; halves are rounded up.
  expect([...reduced.hu]).toEqual([6, 8, 21, 23, 106, 108, 121, 123])
})

it('takes away the air around the body and leaves that in it', () => {
  // Air, a ring of tissue, air in it.
  const ring = (i: number, j: number) => {
    const far = Math.max(Math.abs(i - 4), Math.abs(j - 4))
    return far > 3 || far < 2 ? -1000 : 40
  }
  const volume = toVolume([9, 9, 1], [1, 1, 1], ring)
  clearOutside(volume, 0)
  const counts = { air: 0, tissue: 0, cleared: 0 }
  for (const hu of volume.hu) counts[hu === -1000 ? 'air' : hu === 40 ? 'tissue' : 'cleared']++
  expect(counts).toEqual({ air: 9, tissue: 40, cleared: 32 })
})

it('looks from every side with the patient upright, right-handed', () => {
  const eyes = Object.fromEntries(SIDES.map((side) => [side.id, toEye(side)]))
  const close = (a: Vec3, b: Vec3) => {
    for (const [n, x] of a.entries()) expect(x).toBeCloseTo(b[n], 12)
  }
  close(eyes.front.normal, [0, -1, 0])
  close(eyes.left.normal, [1, 0, 0])
  close(eyes.top.normal, [0, 0, 1])
  // As an axial slice is not: from above, the patient's front is below.
  close(eyes.top.up, [0, 1, 0])
  close(eyes.front.right, [1, 0, 0])
  for (const { normal, up, right } of Object.values(eyes)) close(cross(right, up), normal)
})

it('turns round and round, but not over the head', () => {
  expect(turn(NEW_LOOK, 200, 0).azimuthDeg).toBe(-160)
  expect(turn(NEW_LOOK, 0, 100).elevationDeg).toBe(90)
})

it('cuts along the axes of the patient, however the voxels run', () => {
  const upsideDown: Volume = {
    ...toVolume([11, 5, 3], [1, 1, 2], () => 0),
    directionLps: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, -1],
    ],
  }
  const planes = toCropPlanes(upsideDown, cropAlong(WHOLE_BOX, 2, [0.5, 1]))
  expect(planes).toHaveLength(6)
  // From 31 mm, half a voxel above the first layer, down to 25 mm.
  expect(planes[4].originLpsMm[2]).toBe(28)
  expect(planes[5].originLpsMm[2]).toBe(31)
  expect(planes[0].originLpsMm[0]).toBe(9.5)
  expect(planes[1]).toMatchObject({ originLpsMm: [20.5, 0, 0], normal: [-1, 0, 0] })
})

it('names every preset once, with densities that ascend', () => {
  expect(new Set(SOLID_PRESETS.map(({ id }) => id)).size).toBe(SOLID_PRESETS.length)
  for (const { colors, opacities } of SOLID_PRESETS)
    for (const points of [colors, opacities])
      for (const [n, [hu]] of points.entries()) if (n > 0) expect(hu).toBeGreaterThan(points[n - 1][0])
})
