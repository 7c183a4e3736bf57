import { type Brush, toRegionBits } from '../render/brush.ts'
import type { Point } from '../render/paintCapsule.ts'
import { type Ellipsoid, growEllipsoid, paintEllipsoid } from '../render/paintEllipsoid.ts'
import { REGION, type RenderGrid } from '../render/renderGrid.ts'
import type { AnatomyParameters } from './anatomyParameters.ts'

const LONG_AXIS: readonly [Point, Point, Point] = [
  [0.77, -0.5, -0.4],
  [0.5446, 0.8387, 0],
  [0.3355, -0.2178, 0.9165],
]

export interface HeartShapes {
  readonly leftVentricle: Ellipsoid
  readonly leftCavity: Ellipsoid
  readonly rightVentricle: Ellipsoid
  readonly rightAtrium: Ellipsoid
  readonly leftAtrium: Ellipsoid
  /** The pericardium's smooth form; fat fills what the chambers leave of it. */
  readonly sac: Ellipsoid
  /** All chambers, walls included. */
  readonly outer: readonly Ellipsoid[]
  readonly base: Point
}

/** Chambers of the heart for the patient's heart size. It grows from its base: down, forward and to both sides. */
export function toHeartShapes(anatomy: AnatomyParameters): HeartShapes {
  const s = anatomy.heartScale
  const base: Point = [2, -10, -5]
  const place = (x: number, y: number, z: number): Point => [base[0] + x * s, base[1] + y * s, base[2] + z * s]
  const radii = (a: number, b: number, c: number): Point => [a * s, b * s, c * s]
  const floor = Math.min(anatomy.domeLeftMm, anatomy.domeRightMm)
  const drop = (floor + 70) * 0.45
  const leftVentricle: Ellipsoid = {
    center: addZ(place(38, -10, -34), drop),
    radii: radii(42, 31, 31),
    axes: LONG_AXIS,
  }
  const rightVentricle: Ellipsoid = {
    center: addZ(place(10, -35, -32), drop),
    radii: radii(42, 24, 33),
    axes: LONG_AXIS,
  }
  const rightAtrium: Ellipsoid = { center: addZ(place(-28, -12, -24), drop * 0.7), radii: radii(23, 27, 33) }
  const leftAtrium: Ellipsoid = { center: place(6, 18, -10), radii: radii(31, 16, 23) }
  return {
    leftVentricle,
    leftCavity: growEllipsoid(leftVentricle, -10),
    rightVentricle,
    rightAtrium,
    leftAtrium,
    sac: { center: addZ(place(15, -13, -27), drop * 0.8), radii: radii(60, 41, 44), axes: LONG_AXIS },
    outer: [
      { center: addZ(place(8, -10, -24), drop * 0.8), radii: radii(30, 24, 27) },
      leftVentricle,
      rightVentricle,
      rightAtrium,
      leftAtrium,
    ],
    base,
  }
}

function addZ(point: Point, dz: number): Point {
  return [point[0], point[1], point[2] + dz]
}

const NOT_ABDOMEN = toRegionBits(REGION.lungRight, REGION.lungLeft, REGION.mediastinum, REGION.organ, REGION.fluid)

/** Fat, pericardium, muscle and blood. `finding` marks the whole heart in that finding's mask. */
export function paintHeart(
  grid: RenderGrid,
  anatomy: AnatomyParameters,
  fluidMm: number,
  bits: { heart?: number; fluid?: number },
): void {
  const heart = toHeartShapes(anatomy)
  const inside = { layer: 'soft', onlyRegions: NOT_ABDOMEN } as const
  const layer = (by: number, brush: Brush) => {
    for (const shape of heart.outer) paintEllipsoid(grid, growEllipsoid(shape, by), brush, grid.edgeMm + 1)
  }
  const fatMm = 3.5
  const sac = (by: number, brush: Brush) => {
    paintEllipsoid(grid, growEllipsoid(heart.sac, by), brush, grid.edgeMm + 1)
    layer(by + fatMm, brush)
  }
  sac(fluidMm + 4, { ...inside, hu: -104, region: REGION.mediastinum })
  sac(fluidMm + 1.2, { ...inside, hu: 30, region: REGION.mediastinum })
  if (fluidMm > 0) sac(fluidMm, { ...inside, hu: 9, region: REGION.fluid, finding: bits.fluid, maskFrom: 0.5 })
  sac(0, { ...inside, hu: -92, region: REGION.mediastinum, clears: bits.fluid })
  layer(0, {
    ...inside,
    hu: 48 + 0.35 * Math.max(anatomy.arterialHu, 0),
    region: REGION.organ,
    finding: bits.heart,
    maskFrom: 0.5,
  })
  paintBlood(grid, anatomy, heart)
}

function paintBlood(grid: RenderGrid, anatomy: AnatomyParameters, heart: HeartShapes): void {
  const inside = { layer: 'soft', onlyRegions: NOT_ABDOMEN } as const
  const left = { ...inside, hu: 44 + anatomy.arterialHu }
  const right = { ...inside, hu: 44 + anatomy.venousHu }
  paintEllipsoid(grid, growEllipsoid(heart.rightVentricle, -4), right, 3)
  paintEllipsoid(grid, growEllipsoid(heart.rightAtrium, -3), right, 3)
  paintEllipsoid(grid, heart.leftVentricle, { ...inside, hu: 50 + 0.35 * Math.max(anatomy.arterialHu, 0) }, 3)
  paintEllipsoid(grid, heart.leftCavity, left, 4)
  paintEllipsoid(grid, growEllipsoid(heart.leftAtrium, -2), left, 3)
}
