import { type Point, paintCapsule } from '../render/paintCapsule.ts'
import { paintEllipsoid } from '../render/paintEllipsoid.ts'
import { bySeverity, findLobePoint, type LesionScene, markCapsule, toLobeSet } from './lesionScene.ts'

/** Round or spiculated solid nodules; the first has the size the report names, further ones are smaller. */
export function paintNodules(scene: LesionScene): void {
  const { random, details, anatomy } = scene
  const mean = (anatomy.scale[0] + anatomy.scale[1] + anatomy.scale[2]) / 3
  const radius = (details.sizeMm ?? 12) / 2 / mean
  const lobes = toLobeSet(details)
  const count = random.chance(0.55) ? 1 : 1 + random.below(bySeverity(details, 2, 3, 5))
  for (let n = 0; n < count; n++) {
    const size = n === 0 ? radius : Math.max(radius * random.range(0.5, 0.95), 3)
    const center = findLobePoint(scene, lobes, size + 2)
    paintNodule(scene, center, size)
    if (random.chance(0.5)) paintVesselBeside(scene, center, size)
  }
}

function paintNodule(scene: LesionScene, center: Point, radius: number): void {
  const { random, grid } = scene
  const hu = random.range(25, 75)
  const brush = { layer: 'both', hu, mode: 'max' } as const
  paintEllipsoid(
    grid,
    {
      center,
      radii: [radius * random.range(0.92, 1.05), radius * random.range(0.92, 1.05), radius * random.range(0.92, 1.05)],
    },
    brush,
  )
  for (let n = 0; n < 3; n++) {
    const lobule = toShifted(center, toDirection(random.normal(), random.normal(), random.normal()), radius * 0.45)
    paintEllipsoid(grid, { center: lobule, radii: [radius * 0.62, radius * 0.62, radius * 0.62] }, brush)
  }
  if (scene.details.kind === 'spiculated') {
    for (let n = 0; n < 16; n++) {
      const direction = toDirection(random.normal(), random.normal(), random.normal())
      const tip = toShifted(center, direction, radius * random.range(1.4, 1.9))
      paintCapsule(grid, { from: toShifted(center, direction, radius * 0.8), to: tip, r0: 1.1, r1: 0.5 }, brush)
    }
  }
  markCapsule(scene, { from: center, to: center, r0: radius, r1: radius }, 0.5)
}

/** A vessel that passes the nodule and belongs to no finding. */
function paintVesselBeside(scene: LesionScene, center: Point, noduleRadius: number): void {
  const { random, grid, anatomy } = scene
  const radius = random.range(1.5, 2.5)
  const beside = toShifted(
    center,
    toDirection(random.normal(), random.normal(), 0),
    noduleRadius + radius + random.range(2, 6),
  )
  const along = toDirection(random.normal() * 0.4, random.normal() * 0.4, 1)
  const half = random.range(8, 16)
  const brush = { layer: 'lung', hu: 42 + Math.min(anatomy.venousHu, 120), mode: 'max' } as const
  const ends = { from: toShifted(beside, along, -half), to: toShifted(beside, along, half) }
  paintCapsule(grid, { ...ends, r0: radius, r1: radius * 0.7 }, brush)
}

export function toDirection(x: number, y: number, z: number): Point {
  const length = Math.hypot(x, y, z) || 1
  return [x / length, y / length, z / length]
}

export function toShifted(point: Point, direction: Point, byMm: number): Point {
  return [point[0] + direction[0] * byMm, point[1] + direction[1] * byMm, point[2] + direction[2] * byMm]
}
