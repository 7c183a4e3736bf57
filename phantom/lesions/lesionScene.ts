import type { AnatomyParameters } from '../anatomy/anatomyParameters.ts'
import type { LungTrees } from '../anatomy/lungTrees.ts'
import { toLobe, toLungDepth } from '../anatomy/thorax.ts'
import type { FindingDetails, Lobe } from '../findingDetails.ts'
import { FINDING_IDS, type FindingId } from '../findings/ctRateFindings.ts'
import type { Random } from '../random.ts'
import { toRegionBits } from '../render/brush.ts'
import { type Capsule, type Point, paintCapsule } from '../render/paintCapsule.ts'
import { type Box, REGION, type RenderGrid } from '../render/renderGrid.ts'

/** What a lesion is drawn into. `random` belongs to this lesion alone. */
export interface LesionScene {
  readonly grid: RenderGrid
  readonly anatomy: AnatomyParameters
  readonly trees: LungTrees
  readonly details: FindingDetails
  readonly random: Random
}

export const LUNG_BOX: Box = { low: [-142, -98, -145], high: [142, 98, 136] }
export const LUNG_REGIONS = toRegionBits(REGION.lungRight, REGION.lungLeft)

/** Half the diagonal of a 5 × 3.75 × 3.75 mm voxel, and a little: a mask this thick never falls between voxels. */
const MASK_RADIUS_MM = 3.9

export function toBit(finding: FindingId): number {
  return FINDING_IDS.indexOf(finding)
}

/** One of three numbers by severity. */
export function bySeverity(details: FindingDetails, mild: number, moderate: number, severe: number): number {
  return details.severity === 'mild' ? mild : details.severity === 'moderate' ? moderate : severe
}

/** Marks a capsule in the lesion's mask without drawing it; never so thin that the model's grid could miss it. */
export function markCapsule(scene: LesionScene, capsule: Capsule, addMm: number, onlyRegions?: number): void {
  const r0 = Math.max(capsule.r0 + addMm, MASK_RADIUS_MM)
  const r1 = Math.max(capsule.r1 + addMm, MASK_RADIUS_MM)
  const brush = {
    layer: 'soft',
    hu: 0,
    opacity: 0,
    onlyRegions,
    finding: toBit(scene.details.finding),
    maskFrom: 0.5,
  } as const
  paintCapsule(scene.grid, { ...capsule, r0, r1 }, brush)
}

export const ALL_LOBES: readonly Lobe[] = ['RUL', 'RML', 'RLL', 'LUL', 'LING', 'LLL']

/** Lobes the details name; all lobes of the side (or both sides) when they name none. The upper left lobe holds the lingula. */
export function toLobeSet(details: FindingDetails): ReadonlySet<Lobe> {
  const named = details.lobes ?? ALL_LOBES.filter((lobe) => isOnSide(lobe, details))
  return new Set(named.includes('LUL') ? [...named, 'LING' as const] : named)
}

function isOnSide(lobe: Lobe, details: FindingDetails): boolean {
  if (!details.side || details.side === 'both') return true
  return (details.side === 'left') === lobe.startsWith('L')
}

/** A point at least `depthMm` inside one of the lobes. The depth asked for shrinks while no point is found. */
export function findLobePoint(
  scene: Pick<LesionScene, 'random' | 'anatomy'>,
  lobes: ReadonlySet<Lobe>,
  depthMm: number,
  accept: (point: Point) => boolean = () => true,
): Point {
  const { random, anatomy } = scene
  for (let tries = 0; tries < 4000; tries++) {
    const point: Point = [random.range(-130, 130), random.range(-80, 85), random.range(-125, 122)]
    if (!lobes.has(toLobe(point[0], point[1], point[2]))) continue
    if (tries < 2500 && !accept(point)) continue
    if (isInHeart(anatomy, point)) continue
    if (toLungDepth(anatomy, point[0], point[1], point[2]) > depthMm * (1 - tries / 4000)) return point
  }
  return [lobes.has('RLL') || lobes.has('RUL') || lobes.has('RML') ? -75 : 75, 20, 10]
}

/** Rough test that keeps lesions of the lung out of the heart's place. */
function isInHeart(anatomy: AnatomyParameters, point: Point): boolean {
  const s = anatomy.heartScale
  const u = (point[0] - 20 * s) / (66 * s)
  const v = (point[1] + 20) / (58 * s)
  const w = (point[2] + 28 * s) / (58 * s)
  return u * u + v * v + w * w < 1
}
