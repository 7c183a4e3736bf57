import { expect, it } from 'vitest'
import { toPatientPoint, toVolumeGrid } from '../geometry/grid.ts'
import { addScaled, cross, scale } from '../geometry/vector.ts'
import { ORIENTATIONS, type Orientation, VIEW_PLANES } from '../geometry/viewPlane.ts'
import { toMissingMask } from '../volume/measuredLayers.ts'
import type { Vec3, Volume, VolumeGeometry } from '../volume/volume.ts'
import { SLAB_MODES, type Slab } from './slab.ts'
import { toSlabPlane } from './slabPlane.ts'
import { countMissing, readSlabAt, SlabReader } from './slabReader.ts'

/** Different along every axis, as a CT is along one. */
const GEOMETRY: VolumeGeometry = {
  size: [24, 20, 18],
  spacingMm: [0.7, 1.1, 2.5],
  originLpsMm: [-8, 12, 40],
  directionLps: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
}
const AXIS: Readonly<Record<Orientation, 0 | 1 | 2>> = { sagittal: 0, coronal: 1, axial: 2 }

function toVolume(toHu: (index: Vec3) => number, geometry = GEOMETRY, missing: readonly number[] = []): Volume {
  const [nx, ny, nz] = geometry.size
  const hu = new Int16Array(nx * ny * nz)
  for (let n = 0; n < hu.length; n++) hu[n] = toHu([n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))])
  return { ...geometry, id: 'slab', hu, missing }
}

/** Noise that is the same every time; nothing about it is smooth. */
const noise = ([i, j, k]: Vec3) => ((i * 7919 + j * 104729 + k * 1299709 + i * j * 31 + j * k * 17) % 1400) - 900

const toSource = (volume: Volume) => ({ ...volume, missing: toMissingMask(volume) })

/** One pixel for every voxel of a plane through a voxel. */
function readPlane(volume: Volume, plane: Orientation, middle: Vec3, slab: Slab, turn = (v: Vec3): Vec3 => v) {
  const grid = toVolumeGrid(volume)
  const { right, up, normal } = VIEW_PLANES[plane]
  const [width, height] = [9, 7]
  const [stepX, stepY] = [scale(turn(right), 0.5), scale(turn(up), -0.5)]
  const centre = toPatientPoint(grid, middle)
  const originLpsMm = addScaled(addScaled(centre, stepX, -(width - 1) / 2), stepY, -(height - 1) / 2)
  const raster = { width, height, originLpsMm, stepXLpsMm: stepX, stepYLpsMm: stepY }
  const out = new Float32Array(width * height)
  new SlabReader().read(toSource(volume), toSlabPlane(grid, raster, turn(normal)), slab, out)
  return { out, at: (width * height - 1) / 2, raster, centre }
}

/** The mean over exactly a thickness around a voxel's centre, in boxes of one step each, counted in small steps. */
function countMean(volume: Volume, middle: Vec3, axis: 0 | 1 | 2, thicknessMm: number): number {
  const steps = 20_000
  let sum = 0
  for (let n = 0; n < steps; n++) {
    const mm = ((n + 0.5) / steps - 0.5) * thicknessMm
    const [i, j, k] = middle.map((at, one) => (one === axis ? Math.round(at + mm / volume.spacingMm[axis]) : at))
    sum += volume.hu[i + volume.size[0] * (j + volume.size[1] * k)]
  }
  return sum / steps
}

it.each(ORIENTATIONS)('averages over exactly the thickness in the %s plane of an anisotropic volume', (plane) => {
  const volume = toVolume(noise)
  const middle: Vec3 = [12, 10, 9]
  for (const thicknessMm of [1, 2.5, 4, 5.5, 7.7, 10, 12.4]) {
    const { out, at } = readPlane(volume, plane, middle, { mode: 'average', thicknessMm })
    expect(Math.abs(out[at] - countMean(volume, middle, AXIS[plane], thicknessMm)), `${thicknessMm} mm`).toBeLessThan(
      0.5,
    )
  }
})

it.each(ORIENTATIONS)(
  'begins and ends within half a voxel in the %s plane, for the largest and the smallest',
  (plane) => {
    const axis = AXIS[plane]
    const spacing = GEOMETRY.spacingMm[axis]
    for (const [mode, mark] of [
      ['mip', 900],
      ['minip', -900],
    ] as const)
      for (const thicknessMm of [3, 5, 6, 8, 10]) {
        const seen = Array.from({ length: 8 }, (_, away) => away).filter((away) => {
          const layer = [12, 10, 9][axis] + away
          const { out, at } = readPlane(
            toVolume((index) => (index[axis] === layer ? mark : 0)),
            plane,
            [12, 10, 9],
            { mode, thicknessMm },
          )
          return out[at] !== 0
        })
        const reachMm = (Math.max(...seen) + 0.5) * spacing
        expect(Math.abs(reachMm - thicknessMm / 2), `${mode} ${thicknessMm} mm`).toBeLessThanOrEqual(spacing / 2 + 1e-6)
      }
  },
)

it('reads a slab that is oblique to the voxels over exactly its thickness: a ramp keeps its value, its ends give the extremes', () => {
  const angle = 0.3
  const turned: VolumeGeometry = {
    ...GEOMETRY,
    size: [40, 40, 40],
    directionLps: [
      [1, 0, 0],
      [0, Math.cos(angle), Math.sin(angle)],
      [0, -Math.sin(angle), Math.cos(angle)],
    ],
  }
  // 8 HU a millimetre towards the head, exactly so at the voxels.
  const grid = toVolumeGrid(turned)
  const volume = toVolume((index) => Math.round((toPatientPoint(grid, index)[2] - 40) * 8), turned)
  for (const mode of SLAB_MODES) {
    const { out, at, centre } = readPlane(volume, 'axial', [20, 20, 20], { mode, thicknessMm: 10 })
    const extra = mode === 'mip' ? 40 : mode === 'minip' ? -40 : 0
    expect(Math.abs(out[at] - ((centre[2] - 40) * 8 + extra)), mode).toBeLessThan(1)
  }
})

it('is the same slab on a volume whose axes lie otherwise in memory', () => {
  const slab: Slab = { mode: 'average', thicknessMm: 6 }
  const volume = toVolume(noise)
  const [nx, ny, nz] = GEOMETRY.size
  // The same voxels, stored sagittally: (j, k, i) with k and i turned round.
  const other: Volume = {
    ...toVolume(([a, b, c]) => noise([nx - 1 - c, a, nz - 1 - b]), {
      size: [ny, nz, nx],
      spacingMm: [1.1, 2.5, 0.7],
      originLpsMm: toPatientPoint(toVolumeGrid(GEOMETRY), [nx - 1, 0, nz - 1]),
      directionLps: [
        [0, 1, 0],
        [0, 0, -1],
        [-1, 0, 0],
      ],
    }),
  }
  for (const plane of ORIENTATIONS) {
    const expected = readPlane(volume, plane, [12, 10, 9], slab).out
    const found = readPlane(other, plane, [10, nz - 1 - 9, nx - 1 - 12], slab).out
    expect(
      found.every((hu, n) => Math.abs(hu - expected[n]) < 0.01),
      plane,
    ).toBe(true)
  }
})

it('never counts a layer without pixels, says how many there are, and shows nothing where all are missing', () => {
  const volume = toVolume(([, , k]) => (k === 9 || k === 10 ? -1024 : 50), GEOMETRY, [9, 10])
  const { normal } = VIEW_PLANES.axial
  const grid = toVolumeGrid(volume)
  for (const mode of SLAB_MODES) {
    const { out, at, centre } = readPlane(volume, 'axial', [12, 10, 9], { mode, thicknessMm: 12.5 })
    expect(out[at], mode).toBeCloseTo(50, 3)
    expect(readSlabAt(toSource(volume), grid, centre, normal, { mode, thicknessMm: 12.5 })).toBe(50)
    expect(countMissing(toSource(volume), grid, centre, normal, { mode: 'average', thicknessMm: 12.5 })).toEqual({
      all: 5,
      missing: 2,
    })
    const thin = readPlane(volume, 'axial', [12, 10, 9], { mode, thicknessMm: 2 })
    expect(thin.out[thin.at], mode).toBeNaN()
    expect(readSlabAt(toSource(volume), grid, centre, normal, { mode, thicknessMm: 2 })).toBeNull()
  }
})

it('is nothing outside the volume, and at its edge the part of the slab that lies within', () => {
  const volume = toVolume(([, , k]) => k * 10)
  const { normal } = VIEW_PLANES.axial
  const grid = toVolumeGrid(volume)
  const at = (index: Vec3) =>
    readSlabAt(toSource(volume), grid, toPatientPoint(grid, index), normal, { mode: 'average', thicknessMm: 5 })
  expect(at([12, 10, 0])).toBe(Math.round(((1.5 / 2) * 0 + (0.5 / 2) * 0 + 10 * 0.5) / 1.5))
  expect(at([30, 10, 5])).toBeNull()
  expect(at([12, 10, -4])).toBeNull()
})

it('reads under the pointer what the picture shows there', () => {
  const volume = toVolume(noise)
  for (const plane of ORIENTATIONS)
    for (const mode of SLAB_MODES) {
      const slab: Slab = { mode, thicknessMm: 7 }
      const { out, at, centre } = readPlane(volume, plane, [12, 10, 9], slab)
      const value = readSlabAt(toSource(volume), toVolumeGrid(volume), centre, VIEW_PLANES[plane].normal, slab)
      expect(Math.abs(value! - out[at])).toBeLessThanOrEqual(0.5)
    }
})

it('knows a tilted view for one that is oblique to the voxels', () => {
  const volume = toVolume(([i]) => i * 20)
  const tilt = (v: Vec3): Vec3 => {
    const axis: Vec3 = [0, 1, 0]
    return addScaled(scale(v, Math.cos(0.2)), cross(axis, v), Math.sin(0.2)).map(
      (part, n) => part + axis[n] * v[1] * (1 - Math.cos(0.2)),
    ) as unknown as Vec3
  }
  const { out, at } = readPlane(volume, 'axial', [12, 10, 9], { mode: 'mip', thicknessMm: 4 }, tilt)
  // The end of the slab lies 2 mm along the normal, which has sin 0.2 of it along i: 0.57 voxels of 20 HU.
  expect(out[at]).toBeCloseTo(240 + (2 * Math.sin(0.2) * 20) / 0.7, 1)
})
