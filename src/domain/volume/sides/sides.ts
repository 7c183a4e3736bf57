import type { Problem } from '../../../base/result.ts'
import { listNames, withFiles } from '../problems.ts'
import { readBelowLungs } from './belowLungs.ts'
import { readBorders } from './borders.ts'
import { findChest } from './chest.ts'
import { type CoarseGrid, type Scan, toCoarseGrid } from './coarseGrid.ts'
import { straighten } from './midplane.ts'
import { findTrunk, isCut, type Trunk } from './trunk.ts'

/** The liver is the largest and the last to be elsewhere; gas wanders. */
const WEIGHTS = { liver: 1.5, gas: 0.25 }
/** Heart and aorta weigh less where the liver is seen: they are what disease of one lung moves. */
const CHEST_WEIGHT = 1
const CHEST_WEIGHT_BESIDE_LIVER = 0.6
/** Below this no side is sure: heart and aorta must agree, or the liver must have nothing against it. */
const SURE_SCORE = 1.4

/** How the sides of a chest lie for what its header says; `unknown` where it shows too little, or shows both. */
export type Sides = 'usual' | 'mirrored' | 'unknown'

export function findSides(scan: Scan): Sides {
  const grid = toCoarseGrid(scan)
  const score = grid ? scoreSides(grid) : 0
  if (Math.abs(score) < SURE_SCORE) return 'unknown'
  return score > 0 ? 'usual' : 'mirrored'
}

/** A notice where the organs of a chest lie on the other side than the header puts them. */
export function checkSides(scan: Scan, paths: readonly string[]): Problem | null {
  if (findSides(scan) !== 'mirrored') return null
  const problem = {
    code: 'sides-mirrored',
    message: `${listNames(paths)}: liver, heart and aorta lie on the other side than the header puts them, so the scan is mirrored left to right, or it is a situs inversus.`,
    nextStep:
      'Compare left and right with the scan where it comes from and, if it is mirrored, export it again; take sides and scores with caution until then.',
  }
  return withFiles(problem, paths)
}

/**
 * The cues' weighted sum, within ±3.75, positive where they lie as usual. The trunk is read in the mirror too, so that the mirrored scan has the
 * same score with the opposite sign, to the last bit.
 */
export function scoreSides(grid: CoarseGrid): number {
  const trunk = findTrunk(grid)
  if (!trunk.lung.includes(1) || isCut(trunk)) return 0
  return (scoreTrunk(trunk) - scoreTrunk(mirrorTrunk(trunk))) / 2
}

function scoreTrunk(trunk: Trunk): number {
  const chest = findChest(straighten(trunk))
  if (!chest) return 0
  const { liver, liverSeen, gas } = readBelowLungs(chest)
  const { heart, aorta } = readBorders(chest)
  const chestWeight = CHEST_WEIGHT + (CHEST_WEIGHT_BESIDE_LIVER - CHEST_WEIGHT) * liverSeen
  return WEIGHTS.liver * liver + WEIGHTS.gas * gas + chestWeight * (heart + aorta)
}

function mirrorTrunk({ size, hu, inside, lung }: Trunk): Trunk {
  const [nx] = size
  return { size, hu: mirrorCells(hu, nx), inside: mirrorCells(inside, nx), lung: mirrorCells(lung, nx) }
}

/** In the opposite order along the first axis, which has `nx` cells. */
export function mirrorCells<Cells extends Float32Array | Int16Array | Uint8Array>(cells: Cells, nx: number): Cells {
  const mirrored = cells.slice() as Cells
  for (let row = 0; row < cells.length; row += nx) mirrored.subarray(row, row + nx).reverse()
  return mirrored
}
