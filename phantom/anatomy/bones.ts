import { type Brush, toRegionBits } from '../render/brush.ts'
import { type Point, paintCapsule } from '../render/paintCapsule.ts'
import { paintCylinder } from '../render/paintCylinder.ts'
import { paintEllipsoid } from '../render/paintEllipsoid.ts'
import { REGION, type RenderGrid } from '../render/renderGrid.ts'
import type { AnatomyParameters } from './anatomyParameters.ts'
import { toCavityRadius } from './thorax.ts'

const CORTEX_HU = 520
const VERTEBRA_STEP = 24
const bone = (hu: number): Brush => ({ layer: 'soft', hu, region: REGION.bone })

/** Centre line of the vertebral bodies: y at height z. */
export function toSpineY(anatomy: AnatomyParameters, z: number): number {
  const u = (z - 20) / 150
  return 53 + anatomy.kyphosisMm * (0.5 - u * u)
}

export function paintBones(grid: RenderGrid, anatomy: AnatomyParameters): void {
  paintSpine(grid, anatomy)
  for (let rib = 1; rib <= 12; rib++) {
    paintRib(grid, anatomy, rib, 1)
    paintRib(grid, anatomy, rib, -1)
  }
  paintSternum(grid, anatomy)
  for (const side of [1, -1]) {
    paintClavicle(grid, anatomy, side)
    paintScapula(grid, anatomy, side)
  }
}

function paintSpine(grid: RenderGrid, anatomy: AnatomyParameters): void {
  for (let z = -180; z <= 180; z += VERTEBRA_STEP) {
    const y = toSpineY(anatomy, z)
    const wide = 16.5 - z * 0.018
    paintEllipsoid(
      grid,
      { center: [0, y, z - VERTEBRA_STEP / 2], radii: [wide - 1, 13, 5] },
      { layer: 'soft', hu: 85, region: REGION.bone },
    )
    paintCylinder(grid, { center: [0, y, z], radii: [wide, 14, 9.5] }, bone(CORTEX_HU))
    paintCylinder(grid, { center: [0, y, z], radii: [wide - 1.8, 12.2, 8.2] }, bone(anatomy.boneHu))
    paintArch(grid, anatomy, y, z)
  }
}

function paintArch(grid: RenderGrid, anatomy: AnatomyParameters, y: number, z: number): void {
  const canal = y + 22
  const capsules: readonly (readonly [Point, Point, number, number])[] = [
    [[-11, y + 10, z], [-13, canal + 5, z - 3], 4, 4],
    [[11, y + 10, z], [13, canal + 5, z - 3], 4, 4],
    [[-13, canal + 5, z - 3], [0, canal + 13, z - 8], 3.6, 3.6],
    [[13, canal + 5, z - 3], [0, canal + 13, z - 8], 3.6, 3.6],
    [[0, canal + 13, z - 8], [0, canal + 30, z - 22], 3.6, 3],
    [[-13, canal + 4, z - 2], [-33, canal + 12, z + 1], 4, 3.4],
    [[13, canal + 4, z - 2], [33, canal + 12, z + 1], 4, 3.4],
  ]
  for (const [from, to, r0, r1] of capsules) paintHollow(grid, from, to, r0, r1, anatomy.boneHu + 60, 1)
  paintEllipsoid(grid, { center: [0, canal + 0.5, z - 4], radii: [8.5, 7.5, 15] }, { layer: 'soft', hu: 22 })
  paintEllipsoid(grid, { center: [0, canal + 0.5, z - 4], radii: [5, 4.2, 15] }, { layer: 'soft', hu: 40 })
}

function paintHollow(
  grid: RenderGrid,
  from: Point,
  to: Point,
  r0: number,
  r1: number,
  marrow: number,
  stretchZ: number,
): void {
  paintCapsule(grid, { from, to, r0, r1 }, bone(CORTEX_HU), stretchZ)
  paintCapsule(grid, { from, to, r0: r0 - 1.4, r1: r1 - 1.4 }, bone(marrow), stretchZ)
}

const RIB_STEPS = 26

/** A rib runs from the spine round the cage and falls forward; its last part is cartilage that rises to the sternum. */
function paintRib(grid: RenderGrid, anatomy: AnatomyParameters, rib: number, side: number): void {
  const back = 128 - (rib - 1) * 23.5
  const fall = rib === 1 ? 30 : 48 + 5 * Math.min(rib, 9)
  const length = rib <= 7 ? 1 : [0.86, 0.78, 0.7, 0.48, 0.36][rib - 8]
  const points: Point[] = []
  for (let n = 0; n <= RIB_STEPS; n++) points.push(toRibPoint(anatomy, (n / RIB_STEPS) * length, side, back, fall))
  const bonePart = rib === 1 ? RIB_STEPS * 0.86 : RIB_STEPS * (rib <= 7 ? 0.78 : 1)
  for (let n = 1; n <= RIB_STEPS; n++) {
    if (n <= bonePart)
      paintCapsule(grid, { from: points[n - 1], to: points[n], r0: 4.2, r1: 4.2 }, bone(CORTEX_HU + 60), 1.65)
    else
      paintCapsule(
        grid,
        { from: points[n - 1], to: points[n], r0: 4.6, r1: 4.6 },
        { layer: 'soft', hu: anatomy.ageYears > 60 ? 130 : 95, region: REGION.bone },
        1.5,
      )
  }
  for (let n = 1; n <= bonePart; n++)
    paintCapsule(grid, { from: points[n - 1], to: points[n], r0: 2.6, r1: 2.6 }, bone(anatomy.boneHu), 2)
}

function toRibPoint(anatomy: AnatomyParameters, share: number, side: number, back: number, fall: number): Point {
  const startY = toSpineY(anatomy, back) + 16
  const angle = Math.PI * (0.38 - 0.86 * share)
  const rise = share > 0.8 ? (share - 0.8) * 90 : 0
  const z = back + 4 - fall * (share < 0.8 ? share ** 1.2 * 1.25 : 0.96 + (share - 0.8) * 0.6) + rise
  const x = Math.cos(angle)
  const y = Math.sin(angle)
  const radius = toCavityRadius(x, y, z) + 5.2
  const join = Math.max(0, 1 - share / 0.06)
  return [side * (x * radius * (1 - join) + 17 * join), y * radius * (1 - join) + startY * join, z]
}

function paintSternum(grid: RenderGrid, anatomy: AnatomyParameters): void {
  for (let z = -48; z <= 104; z += 3) {
    const y = -toCavityRadius(0, -1, z) - 6
    const wide = z > 62 ? 15 + (z - 62) * 0.22 : 12 - (z < -30 ? (-30 - z) * 0.35 : 0)
    const pair = [
      [-wide, y, z],
      [wide, y, z],
    ] as const
    paintCapsule(grid, { from: pair[0], to: pair[1], r0: 5.4, r1: 5.4 }, bone(CORTEX_HU - 160))
  }
  for (let z = -46; z <= 102; z += 3) {
    const y = -toCavityRadius(0, -1, z) - 6
    const wide = z > 62 ? 14 + (z - 62) * 0.22 : 11 - (z < -30 ? (-30 - z) * 0.35 : 0)
    paintCapsule(grid, { from: [-wide, y, z], to: [wide, y, z], r0: 3.8, r1: 3.8 }, bone(anatomy.boneHu - 20))
  }
}

function paintClavicle(grid: RenderGrid, anatomy: AnatomyParameters, side: number): void {
  const points: Point[] = [
    [side * 24, -56, 110],
    [side * 58, -60, 122],
    [side * 98, -40, 138],
    [side * 150, -18, 150],
  ]
  for (let n = 1; n < points.length; n++) paintHollow(grid, points[n - 1], points[n], 6.2, 6.2, anatomy.boneHu + 40, 1)
}

function paintScapula(grid: RenderGrid, anatomy: AnatomyParameters, side: number): void {
  const brush: Brush = { ...bone(CORTEX_HU - 60), onlyRegions: toRegionBits(REGION.wall, REGION.bone) }
  for (let z = 10; z <= 130; z += 5) {
    const u = (z - 10) / 120
    const inner: Point = [side * (94 - 22 * u), 98 - 12 * u, z]
    const outer: Point = [side * (112 + 34 * u), 78 - 38 * u, z]
    paintCapsule(grid, { from: inner, to: outer, r0: 1.8, r1: 2.6 + 3 * u }, brush, 1.5)
  }
  paintHollow(grid, [side * 84, 104, 88], [side * 150, 62, 128], 4, 5, anatomy.boneHu, 1)
  paintEllipsoid(grid, { center: [side * 168, 10, 142], radii: [22, 22, 24] }, bone(CORTEX_HU - 120))
  paintEllipsoid(grid, { center: [side * 168, 10, 142], radii: [20, 20, 22] }, bone(anatomy.boneHu + 20))
}

/** Muscles around the shoulder blade, drawn before the bones. */
export function paintShoulderMuscles(grid: RenderGrid): void {
  const brush: Brush = { layer: 'soft', hu: 52, onlyRegions: toRegionBits(REGION.wall) }
  for (const side of [1, -1]) {
    for (let z = 0; z <= 135; z += 8) {
      const u = z / 120
      paintCapsule(
        grid,
        {
          from: [side * (96 - 22 * u), 97 - 14 * u, z],
          to: [side * (118 + 34 * u), 72 - 40 * u, z],
          r0: 9,
          r1: 11 + 5 * u,
        },
        brush,
      )
    }
    for (let z = 20; z <= 120; z += 8) {
      paintCapsule(
        grid,
        { from: [side * 40, -84 + 0.16 * z, z], to: [side * (118 + 0.2 * z), -46 + 0.25 * z, z + 8], r0: 6, r1: 8 },
        brush,
      )
    }
  }
}
