import { expect, it } from 'vitest'
import { toPatientPoint, toPlaneInGrid, toVolumeGrid } from '../geometry/grid.ts'
import { findViewAxis, toScrolledPoint, toSliceIndex, toSliceStack } from '../geometry/sliceStack.ts'
import { turnLines } from '../geometry/turnPlanes.ts'
import { addScaled, cross, dot, lengthOf, scale, subtract } from '../geometry/vector.ts'
import { ORIENTATIONS, VIEW_PLANES, type ViewPlane, type ViewPlanes } from '../geometry/viewPlane.ts'
import type { Vec3, Volume, VolumeGeometry } from '../volume/volume.ts'
import { sampleOblique } from './obliqueSlab.ts'
import { toSlabPlane } from './slabPlane.ts'

const unit = (v: Vec3): Vec3 => scale(v, 1 / lengthOf(v))

/** Thick slices, upright and stacked at a slant of 20° (gantry tilt). */
const GEOMETRIES: readonly (readonly [string, VolumeGeometry])[] = [
  [
    'anisotropic',
    {
      size: [80, 72, 36],
      spacingMm: [0.7, 0.8, 2.5],
      originLpsMm: [-20, 31, -410],
      directionLps: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    },
  ],
  [
    'tilted',
    {
      size: [80, 72, 36],
      spacingMm: [0.7, 0.8, 2.5],
      originLpsMm: [-20, 31, -410],
      directionLps: [[1, 0, 0], [0, 1, 0], unit([0, Math.tan(Math.PI / 9), -1])],
    },
  ],
]

const TURNED: readonly (readonly [string, ViewPlanes])[] = [
  ['oblique', turnLines(VIEW_PLANES, 'axial', 30)],
  ['double oblique', turnLines(turnLines(VIEW_PLANES, 'axial', 23), 'coronal', -37)],
]

const CASES = GEOMETRIES.flatMap(([of, geometry]) =>
  TURNED.flatMap(([how, planes]) =>
    ORIENTATIONS.map((plane) => [`${of}, ${how}, ${plane}`, geometry, planes[plane]] as const),
  ),
)

function toVolume(geometry: VolumeGeometry, toHu: (point: Vec3) => number): Volume {
  const grid = toVolumeGrid(geometry)
  const [nx, ny, nz] = geometry.size
  const hu = new Int16Array(nx * ny * nz)
  for (let n = 0; n < hu.length; n++)
    hu[n] = Math.round(toHu(toPatientPoint(grid, [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))])))
  return { ...geometry, id: 'phantom', hu, missing: [] }
}

/** A row of pixels along a direction of a view through the middle of a volume. */
function readRow(
  volume: Volume,
  { normal, right }: ViewPlane,
  along: Vec3,
  stepMm: number,
  count: number,
): Float32Array {
  const grid = toVolumeGrid(volume)
  const [nx, ny, nz] = volume.size
  const middle = toPatientPoint(grid, [(nx - 1) / 2, (ny - 1) / 2, (nz - 1) / 2])
  const originLpsMm = addScaled(middle, along, (-stepMm * (count - 1)) / 2)
  const raster = { width: count, height: 1, originLpsMm, stepXLpsMm: scale(along, stepMm), stepYLpsMm: right }
  const out = new Float32Array(count)
  sampleOblique(
    { ...volume, missing: null },
    toSlabPlane(grid, raster, normal),
    { mode: 'average', thicknessMm: 0 },
    out,
  )
  return out
}

it.each(CASES)('a linear phantom has its HU on a turned plane: %s', (_, geometry, plane) => {
  const toHu = ([x, y, z]: Vec3) => 3 * x - 4 * y + 2 * z
  const volume = toVolume(geometry, toHu)
  const grid = toVolumeGrid(volume)
  const middle = toPatientPoint(grid, [39.5, 35.5, 17.5])
  for (const along of [plane.right, plane.up, unit(addScaled(plane.right, plane.up, 0.7))]) {
    const row = readRow(volume, plane, along, 0.37, 31)
    for (let n = 0; n < row.length; n++)
      expect(Math.abs(row[n] - toHu(addScaled(middle, along, 0.37 * (n - 15))))).toBeLessThan(1)
  }
})

it.each(CASES)('a plate of 20 mm across a turned plane is 20 mm wide there: %s', (_, geometry, plane) => {
  const grid = toVolumeGrid(geometry)
  const middle = toPatientPoint(grid, [39.5, 35.5, 17.5])
  for (const along of [plane.right, plane.up]) {
    const volume = toVolume(geometry, (point) => 60 * (10 - Math.abs(dot(subtract(point, middle), along))))
    const row = readRow(volume, plane, along, 0.1, 301)
    const crossings = [...row.keys()]
      .slice(1)
      .flatMap((n) => (row[n - 1] > 0 !== row[n] > 0 ? [n - row[n] / (row[n] - row[n - 1])] : []))
    expect(crossings).toHaveLength(2)
    expect(Math.abs((crossings[1] - crossings[0]) * 0.1 - 20)).toBeLessThan(0.1)
  }
})

it.each(CASES.filter(([, geometry, plane]) => findViewAxis(geometry, plane.normal) === null))(
  'slices of a turned plane are counted and scrolled in whole steps, to both ends, within the volume: %s',
  (_, geometry, plane) => {
    const grid = toVolumeGrid(geometry)
    const stack = toSliceStack(geometry, plane.normal)
    const start = toPatientPoint(grid, [30.2, 20.7, 11.3])
    const mm = (point: Vec3) => dot(point, plane.normal)
    const three = toScrolledPoint(grid, geometry, stack, start, 3)
    expect(mm(three) - mm(start)).toBeCloseTo(3 * stack.stepMm, 6)
    expect(toSliceIndex(stack, three) - toSliceIndex(stack, start)).toBe(3)
    // Where there is room beside it the crosshair keeps to the normal.
    expect(lengthOf(cross(subtract(three, start), plane.normal))).toBeLessThan(1e-6)
    const [first, last] = [-1000, 1000].map((slices) => toScrolledPoint(grid, geometry, stack, start, slices))
    expect(toSliceIndex(stack, first)).toBe(0)
    expect(mm(first)).toBeCloseTo(stack.firstMm, 5)
    expect(mm(last)).toBeCloseTo(stack.firstMm + (stack.count - 1) * stack.stepMm, 5)
    expect(toPlaneInGrid(grid, plane.normal, mm(last), last).every((at, n) => Math.abs(at - last[n]) < 1e-5)).toBe(true)
  },
)
