import { addScaled, dot, lengthOf, subtract } from '../../src/domain/geometry/vector.ts'
import type { Lobe } from '../findingDetails.ts'
import type { Random } from '../random.ts'
import type { Point } from '../render/paintCapsule.ts'
import type { AnatomyParameters } from './anatomyParameters.ts'
import { toLobe, toLungDepth } from './thorax.ts'

/** A straight piece of a vessel or airway in the lung. */
export interface Branch {
  readonly from: Point
  readonly to: Point
  readonly r0: number
  readonly r1: number
  /** 0 at the hilum. */
  readonly generation: number
  /** Number of branches since the hilum's tree was this branch's own offspring: its share of the lung. */
  readonly leaves: number
  readonly lobe: Lobe
}

export interface LungTrees {
  readonly arteries: readonly Branch[]
  readonly veins: readonly Branch[]
  readonly airways: readonly Branch[]
}

const LEAF_RADIUS = 0.68
/** Exponent of Murray's law for the lung's arteries (Huang et al. 1996 report about 2.7–3). */
const MURRAY = 2.75

/** Grows arteries, veins and airways from both hila towards points scattered in the lungs. */
export function growLungTrees(anatomy: AnatomyParameters, random: Random, leavesPerLung: number): LungTrees {
  const arteries: Branch[] = []
  const veins: Branch[] = []
  const airways: Branch[] = []
  for (const side of [1, -1]) {
    const leaves = Math.round(leavesPerLung * (side < 0 ? 1.1 : 0.95))
    const hilum: Point = side > 0 ? [45, 26, 22] : [-43, 14, 14]
    const veinGate: Point = side > 0 ? [36, 20, -8] : [-32, 16, -10]
    grow(arteries, hilum, scatterPoints(anatomy, random, side, leaves), 0, random)
    grow(veins, veinGate, scatterPoints(anatomy, random, side, Math.round(leaves * 0.8)), 0, random)
  }
  for (const artery of arteries) if (artery.generation <= 7 && artery.leaves >= 8) airways.push(toCompanion(artery))
  return { arteries, veins, airways }
}

function scatterPoints(anatomy: AnatomyParameters, random: Random, side: number, count: number): Point[] {
  const points: Point[] = []
  for (let tries = 0; points.length < count && tries < count * 20; tries++) {
    const x = side * random.range(12, 136)
    const y = random.range(-85, 88)
    const z = random.range(-135, 130)
    if (toLungDepth(anatomy, x, y, z) > 3.5) points.push([x, y, z])
  }
  return points
}

function grow(into: Branch[], from: Point, targets: readonly Point[], generation: number, random: Random): void {
  if (targets.length === 0) return
  const middle = toCentre(targets)
  const reach = targets.length === 1 ? 0.94 : targets.length > 60 ? 0.36 : 0.44
  const wobble = targets.length > 2 ? 3 : 1
  const to = [0, 1, 2].map(
    (d) => from[d] + (middle[d] - from[d]) * reach + wobble * random.normal() * 0.8,
  ) as unknown as Point
  const radius = LEAF_RADIUS * targets.length ** (1 / MURRAY)
  const r1 = targets.length === 1 ? 0.45 : radius * 0.92
  into.push({ from, to, r0: radius, r1, generation, leaves: targets.length, lobe: toLobe(to[0], to[1], to[2]) })
  if (targets.length === 1) return
  const [near, far] = split(targets, to, random)
  grow(into, to, near, generation + 1, random)
  grow(into, to, far, generation + 1, random)
}

/** Cuts the targets by the plane through the branch point across their widest spread. */
function split(targets: readonly Point[], at: Point, random: Random): readonly [Point[], Point[]] {
  const middle = toCentre(targets)
  const spread = [0, 1, 2].map((d) => targets.reduce((sum, target) => sum + (target[d] - middle[d]) ** 2, 0))
  const direction = subtract(middle, at)
  const length = lengthOf(direction) || 1
  const widest = spread.map(
    (value) => Math.sqrt(value) * (0.55 + 0.9 * random.next()) * (random.chance(0.5) ? 1 : -1),
  ) as unknown as Point
  const along = dot(widest, direction) / (length * length)
  const normal = addScaled(widest, direction, -0.8 * along)
  const sorted = [...targets].sort((p, q) => dot(p, normal) - dot(q, normal))
  const cut = Math.min(Math.max(Math.round(sorted.length * random.range(0.3, 0.7)), 1), sorted.length - 1)
  return [sorted.slice(0, cut), sorted.slice(cut)]
}

function toCentre(points: readonly Point[]): Point {
  const sum = [0, 0, 0]
  for (const point of points) for (let d = 0; d < 3; d++) sum[d] += point[d]
  return [sum[0] / points.length, sum[1] / points.length, sum[2] / points.length]
}

/** The bronchus beside an artery: as wide, behind and medial of it. */
function toCompanion(artery: Branch): Branch {
  const lumen = Math.min(artery.r0 * 0.72, 4.6)
  const gap = artery.r0 + lumen + 0.6
  const side = artery.from[0] > 0 ? 1 : -1
  const shift = (point: Point): Point => [point[0] - side * gap * 0.55, point[1] + gap * 0.75, point[2] + gap * 0.1]
  return { ...artery, from: shift(artery.from), to: shift(artery.to), r0: lumen, r1: Math.min(artery.r1 * 0.72, 4.6) }
}
