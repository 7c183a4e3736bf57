import type { StraightTrunk } from './midplane.ts'

/** A straight trunk with the measures of its chest, in cells. */
export interface Chest extends StraightTrunk {
  /** Width of the trunk at the lungs, skin to skin: the unit in which all sizes are told, so that a child is as an adult. */
  readonly width: number
  /** First and last layer of the lungs. */
  readonly bottom: number
  readonly top: number
}

/** Of width³; lungs have 0.06 to 0.14, their bases on a scan of the abdomen under 0.01. */
const SMALLEST_LUNGS = 0.02
/** Of width: some 13 cm; whole lungs have 0.55 to 0.8. In a part of them heights say nothing. */
const SHORTEST_LUNGS = 0.4
/** A layer belongs to the lungs from this part of the largest layer's area on. */
const SMALLEST_LAYER = 0.1

/** Null where there are no lungs, or too little of them. */
export function findChest(trunk: StraightTrunk): Chest | null {
  const areas = countLayers(trunk, trunk.lung)
  const most = Math.max(...areas)
  const bottom = areas.findIndex((area) => area > 0 && area >= SMALLEST_LAYER * most)
  if (bottom < 0) return null
  const top = areas.findLastIndex((area) => area >= SMALLEST_LAYER * most)
  const width = toMedian(toWidths(trunk).filter((_, z) => areas[z] >= most / 2))
  const cells = areas.reduce((sum, area) => sum + area, 0)
  if (cells < SMALLEST_LUNGS * width ** 3 || top - bottom < SHORTEST_LUNGS * width) return null
  return { ...trunk, width, bottom, top }
}

function countLayers({ size: [nx, ny, nz] }: StraightTrunk, mask: Uint8Array): number[] {
  return Array.from({ length: nz }, (_, z) =>
    mask.subarray(z * nx * ny, (z + 1) * nx * ny).reduce((sum, yes) => sum + yes, 0),
  )
}

function toWidths({ size: [nx, ny, nz], inside }: StraightTrunk): number[] {
  return Array.from({ length: nz }, (_, z) => {
    let [low, high] = [nx, -1]
    for (let at = z * nx * ny; at < (z + 1) * nx * ny; at++) {
      if (!inside[at]) continue
      low = Math.min(low, at % nx)
      high = Math.max(high, at % nx)
    }
    return Math.max(0, high - low + 1)
  })
}

const toMedian = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]
