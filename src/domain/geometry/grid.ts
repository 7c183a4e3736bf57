import { assert } from '../../base/assert.ts'
import type { Vec3, VolumeGeometry } from '../volume/volume.ts'
import { addScaled, cross, dot, scale } from './vector.ts'

/** Where the cells of a grid lie in the patient: centre of cell (0, 0, 0), one step along each axis, LPS mm; may be oblique. */
export interface GridFrame {
  readonly originLpsMm: Vec3
  readonly stepsLpsMm: readonly [Vec3, Vec3, Vec3]
}

/** A grid that can be asked from both sides. */
export interface Grid extends GridFrame {
  /** Cells along each axis. */
  readonly size: Vec3
  /** Inverse of the steps: row n with a vector gives how many cells the vector is long along axis n. */
  readonly rows: readonly [Vec3, Vec3, Vec3]
}

export function toVolumeFrame({ originLpsMm, spacingMm, directionLps }: VolumeGeometry): GridFrame {
  const step = (axis: 0 | 1 | 2): Vec3 => scale(directionLps[axis], spacingMm[axis])
  return { originLpsMm, stepsLpsMm: [step(0), step(1), step(2)] }
}

/** Inverts the steps by Cramer's rule, so grids that are not right-angled (gantry tilt, NIfTI) are right too. */
export function toGrid({ originLpsMm, stepsLpsMm }: GridFrame, size: Vec3): Grid {
  const [a, b, c] = stepsLpsMm
  const determinant = dot(a, cross(b, c))
  assert(Math.abs(determinant) > 1e-9, 'the steps of a grid lie in one plane')
  const row = (u: Vec3, v: Vec3): Vec3 => scale(cross(u, v), 1 / determinant)
  return { originLpsMm, stepsLpsMm, size, rows: [row(b, c), row(c, a), row(a, b)] }
}

export const toVolumeGrid = (geometry: VolumeGeometry): Grid => toGrid(toVolumeFrame(geometry), geometry.size)

/** A vector in the patient (LPS mm) in cells along each axis. */
export const toGridVector = ({ rows }: Grid, vectorLpsMm: Vec3): Vec3 => [
  dot(rows[0], vectorLpsMm),
  dot(rows[1], vectorLpsMm),
  dot(rows[2], vectorLpsMm),
]

/** Cell coordinates of a point, continuous; whole numbers are cell centres. May lie outside the grid. */
export const toGridPoint = (grid: Grid, pointLpsMm: Vec3): Vec3 =>
  toGridVector(grid, addScaled(pointLpsMm, grid.originLpsMm, -1))

/** Patient coordinates (LPS mm) of a cell, which may lie between cells. */
export const toPatientPoint = ({ originLpsMm, stepsLpsMm }: GridFrame, cell: Vec3): Vec3 =>
  stepsLpsMm.reduce((point, step, axis) => addScaled(point, step, cell[axis]), originLpsMm)

/** Patient coordinates (LPS mm) of the middle of the grid. */
export const toCentreLpsMm = (grid: Grid): Vec3 =>
  toPatientPoint(grid, [(grid.size[0] - 1) / 2, (grid.size[1] - 1) / 2, (grid.size[2] - 1) / 2])

/** A cell reaches half a step around its centre. */
export const isWithinCells = (size: Vec3, x: number, y: number, z: number): boolean =>
  x >= -0.5 && y >= -0.5 && z >= -0.5 && x <= size[0] - 0.5 && y <= size[1] - 0.5 && z <= size[2] - 0.5

/** The nearest point whose cell coordinates lie within the centres of the outermost cells. */
export function clampToGrid(grid: Grid, pointLpsMm: Vec3): Vec3 {
  const clamp = (value: number, axis: 0 | 1 | 2) => Math.min(grid.size[axis] - 1, Math.max(0, value))
  const [i, j, k] = toGridPoint(grid, pointLpsMm)
  return toPatientPoint(grid, [clamp(i, 0), clamp(j, 1), clamp(k, 2)])
}

/** Halvings after which the place on a line across the longest scan is known to single bits. */
const HALVINGS = 60

/**
 * The point of a plane (`atMm` along the unit vector `normal`) within the outermost centres that is reached from another: straight along
 * the normal where that stays within, else along the grid's sides on the way. Of a plane beside the grid the nearest corner.
 */
export function toPlaneInGrid(grid: Grid, normal: Vec3, atMm: number, pointLpsMm: Vec3): Vec3 {
  const { size, stepsLpsMm } = grid
  const straight = addScaled(pointLpsMm, normal, atMm - dot(pointLpsMm, normal))
  if (isWithinCentres(size, toGridPoint(grid, straight))) return straight
  const from = toGridPoint(grid, pointLpsMm)
  // Each cell coordinate runs to the side that raises the plane, so that the way meets it once, also on a grid that is not right-angled.
  const at = (way: number): Vec3 =>
    clampToGrid(
      grid,
      toPatientPoint(
        grid,
        from.map(
          (cell, n) => cell + (way * dot(stepsLpsMm[n], normal)) / dot(stepsLpsMm[n], stepsLpsMm[n]),
        ) as unknown as Vec3,
      ),
    )
  const reach =
    4 * Math.hypot(...stepsLpsMm.map((step, n) => Math.hypot(...step) * size[n])) +
    Math.abs(atMm - dot(pointLpsMm, normal))
  let [low, high] = [-reach, reach]
  for (let n = 0; n < HALVINGS; n++) {
    const middle = (low + high) / 2
    if (dot(at(middle), normal) < atMm) low = middle
    else high = middle
  }
  return at((low + high) / 2)
}

const isWithinCentres = (size: Vec3, cell: Vec3): boolean => cell.every((one, n) => one >= 0 && one <= size[n] - 1)
