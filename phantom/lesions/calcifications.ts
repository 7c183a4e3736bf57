import { lengthOf, subtract } from '../../src/domain/geometry/vector.ts'
import { toGreatVessels, toSmoothPath } from '../anatomy/greatVessels.ts'
import { type HeartShapes, toHeartShapes } from '../anatomy/heart.ts'
import { type Capsule, type Point, paintCapsule } from '../render/paintCapsule.ts'
import { bySeverity, type LesionScene, markCapsule } from './lesionScene.ts'
import { toDirection, toShifted } from './nodules.ts'

function paintPlaque(scene: LesionScene, capsule: Capsule): void {
  const brush = { layer: 'soft', hu: scene.random.range(750, 1150), mode: 'max' } as const
  paintCapsule(scene.grid, capsule, brush)
  markCapsule(scene, capsule, 1)
}

/** Plaques in the wall of the arch and of the descending aorta. */
export function paintAorticCalcification(scene: LesionScene): void {
  const { anatomy, random, details } = scene
  const vessels = toGreatVessels(anatomy)
  const arch = toSmoothPath(vessels.arch.points)
  const descending = toSmoothPath(vessels.descending.points)
  for (let n = 0; n < bySeverity(details, 7, 14, 26); n++) {
    const onArch = random.chance(0.5)
    const path = onArch ? arch : descending
    const radius = (onArch ? 13.4 : 12) * anatomy.aortaScale - 0.5
    const at = 1 + random.below(path.length - 2)
    const along = toDirection(...subtract(path[at + 1], path[at]))
    const around = toNormal(along, random.normal(), random.normal(), random.normal())
    const center = toShifted(path[at], around, radius)
    const across = toNormal(along, random.normal(), random.normal(), random.normal())
    const stretch = random.range(1, 6)
    const r = random.range(1.7, bySeverity(details, 2.3, 2.8, 3.2))
    paintPlaque(scene, {
      from: toShifted(center, along, -stretch),
      to: toShifted(toShifted(center, along, stretch), across, 1.5),
      r0: r,
      r1: r * 0.8,
    })
  }
}

/** Directions from the heart's middle along the grooves in which the coronary arteries run. */
const CORONARY_COURSES: readonly (readonly Point[])[] = [
  [
    [0.25, -0.6, 0.75],
    [0.42, -0.85, 0.35],
    [0.6, -0.95, -0.05],
    [0.78, -0.8, -0.35],
  ],
  [
    [0.3, -0.3, 0.9],
    [0.85, 0.1, 0.55],
    [0.9, 0.45, 0.15],
    [0.8, 0.6, -0.2],
  ],
  [
    [-0.15, -0.75, 0.6],
    [-0.6, -0.75, 0.15],
    [-0.75, -0.55, -0.35],
    [-0.45, -0.2, -0.85],
  ],
]

/** Plaques along the coronary arteries, just outside the heart muscle. */
export function paintCoronaryCalcification(scene: LesionScene): void {
  const { anatomy, random, details } = scene
  const heart = toHeartShapes(anatomy)
  const courses =
    details.severity === 'mild'
      ? CORONARY_COURSES.slice(0, 1)
      : details.severity === 'moderate'
        ? CORONARY_COURSES.slice(0, 2)
        : CORONARY_COURSES
  for (const course of courses) {
    const path = toSmoothPath(course)
    const r = bySeverity(details, 1.9, 2.3, 2.7)
    for (let n = 0; n + 1 < path.length; n++) {
      if (random.chance(bySeverity(details, 0.45, 0.3, 0.12))) continue
      const from = toHeartSurface(heart, path[n])
      const to = toHeartSurface(heart, path[n + 1])
      if (lengthOf(subtract(from, to)) < 25)
        paintPlaque(scene, {
          from,
          to: toBetween(from, to, random.range(0.5, 0.95)),
          r0: r,
          r1: r * random.range(0.7, 1),
        })
    }
  }
}

function toHeartSurface(heart: HeartShapes, towards: Point): Point {
  const direction = toDirection(...towards)
  const start: Point = [
    heart.leftVentricle.center[0] * 0.5,
    heart.leftVentricle.center[1] * 0.8,
    heart.leftVentricle.center[2] * 0.75,
  ]
  let reach = 90
  while (reach > 5 && !heart.outer.some((shape) => isInside(shape, toShifted(start, direction, reach)))) reach -= 1
  return toShifted(start, direction, reach + 1.5)
}

function isInside(shape: HeartShapes['leftVentricle'], point: Point): boolean {
  const d = subtract(point, shape.center)
  const axes = shape.axes ?? [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]
  let q = 0
  for (let n = 0; n < 3; n++) q += ((d[0] * axes[n][0] + d[1] * axes[n][1] + d[2] * axes[n][2]) / shape.radii[n]) ** 2
  return q < 1
}

function toBetween(a: Point, b: Point, share: number): Point {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share]
}

/** A unit vector at right angles to `along`. */
function toNormal(along: Point, x: number, y: number, z: number): Point {
  const dot = x * along[0] + y * along[1] + z * along[2]
  return toDirection(x - dot * along[0], y - dot * along[1], z - dot * along[2])
}
