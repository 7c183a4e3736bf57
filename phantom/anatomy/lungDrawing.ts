import { type Brush, toRegionBits } from '../render/brush.ts'
import { type Point, paintCapsule, paintPath } from '../render/paintCapsule.ts'
import { REGION, type RenderGrid } from '../render/renderGrid.ts'
import type { AnatomyParameters } from './anatomyParameters.ts'
import { toSmoothPath } from './greatVessels.ts'
import type { Branch, LungTrees } from './lungTrees.ts'

export function paintLungTrees(grid: RenderGrid, anatomy: AnatomyParameters, trees: LungTrees): void {
  const arteries: Brush = { layer: 'lung', hu: 42 + Math.min(anatomy.venousHu, 120), mode: 'max' }
  const veins: Brush = { layer: 'lung', hu: 42 + Math.min(anatomy.arterialHu, 120), mode: 'max' }
  for (const branch of trees.arteries) paintCapsule(grid, branch, arteries)
  for (const branch of trees.veins) paintCapsule(grid, branch, veins)
  for (const branch of trees.airways) paintAirway(grid, branch, 0, 1)
}

/** A bronchus: its wall, then its lumen. `extraWallMm` thickens the wall, `widen` stretches the lumen. */
export function paintAirway(grid: RenderGrid, branch: Branch, extraWallMm: number, widen: number): void {
  const wallMm = 0.4 + 0.09 * branch.r0 + extraWallMm
  const r0 = branch.r0 * widen
  const r1 = branch.r1 * widen
  paintCapsule(grid, { ...branch, r0: r0 + wallMm, r1: r1 + wallMm }, { layer: 'lung', hu: 0, mode: 'max' })
  paintCapsule(grid, { ...branch, r0, r1 }, { layer: 'lung', hu: -985, mode: 'min' })
}

const TRACHEA: readonly Point[] = [
  [0, 6, 175],
  [-1, 10, 130],
  [-2, 18, 90],
  [-1, 24, 56],
]
const RIGHT_MAIN: readonly Point[] = [
  [-1, 24, 56],
  [-16, 25, 42],
  [-34, 24, 26],
  [-42, 26, 6],
]
const LEFT_MAIN: readonly Point[] = [
  [-1, 24, 56],
  [16, 26, 44],
  [34, 30, 30],
  [46, 36, 14],
]
const LUNGS = toRegionBits(REGION.lungRight, REGION.lungLeft)
const CHEST = toRegionBits(REGION.lungRight, REGION.lungLeft, REGION.mediastinum, REGION.organ, REGION.wall)

/** Trachea and main bronchi, drawn over the mediastinum. */
export function paintCentralAirways(grid: RenderGrid): void {
  const wall: Brush = { layer: 'soft', hu: 40, onlyRegions: CHEST, region: REGION.organ }
  const lumen: Brush = { layer: 'soft', hu: -990, onlyRegions: CHEST, region: REGION.organ }
  const paths = [
    [TRACHEA, [9.4, 9.4, 9, 9.2]],
    [RIGHT_MAIN, [8, 7, 6, 4.6]],
    [LEFT_MAIN, [7.5, 6.4, 5.6, 4.4]],
  ] as const
  const fat: Brush = { layer: 'soft', hu: -90, onlyRegions: LUNGS, region: REGION.mediastinum }
  for (const [points, radii] of paths) paintPath(grid, toSmoothPath(points), spread(radii, 4.5), fat)
  for (const [points, radii] of paths) paintPath(grid, toSmoothPath(points), spread(radii, 1.8), wall)
  for (const [points, radii] of paths) paintPath(grid, toSmoothPath(points), spread(radii, 0), lumen)
}

function spread(radii: readonly number[], add: number): number[] {
  return radii.flatMap((radius, n) =>
    n === radii.length - 1 ? [radius + add] : [0, 1 / 3, 2 / 3].map((t) => radius + (radii[n + 1] - radius) * t + add),
  )
}
