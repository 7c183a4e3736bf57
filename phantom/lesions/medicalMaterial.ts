import type { AnatomyParameters } from '../anatomy/anatomyParameters.ts'
import { toGreatVessels, toOesophagus, toSmoothPath } from '../anatomy/greatVessels.ts'
import { toHeartShapes } from '../anatomy/heart.ts'
import { createTrunkRadii, fillTrunkRadii, toAngleBin, toCavityRadius } from '../anatomy/thorax.ts'
import type { FindingDetails } from '../findingDetails.ts'
import { toRegionBits } from '../render/brush.ts'
import { type Point, paintCapsule } from '../render/paintCapsule.ts'
import { growEllipsoid, paintEllipsoid } from '../render/paintEllipsoid.ts'
import { REGION } from '../render/renderGrid.ts'
import { type LesionScene, markCapsule, toBit } from './lesionScene.ts'

export const MEDICAL_KINDS = ['pacemaker', 'port', 'sternal_wires', 'valve', 'stent', 'drain', 'tube'] as const

const PACEMAKER_Z = 96
const PORT_Z = 84

function drawLine(scene: LesionScene, points: readonly Point[], radius: number, hu: number): void {
  for (let n = 1; n < points.length; n++) {
    const capsule = { from: points[n - 1], to: points[n], r0: radius, r1: radius }
    paintCapsule(scene.grid, capsule, { layer: 'both', hu, mode: 'max' })
    markCapsule(scene, capsule, 1.5)
  }
}

/** A tube of plastic with an open lumen. */
function drawHose(scene: LesionScene, points: readonly Point[], radius: number, hu: number): void {
  drawLine(scene, points, radius, hu)
  for (let n = 1; n < points.length; n++) {
    paintCapsule(
      scene.grid,
      { from: points[n - 1], to: points[n], r0: radius - 1.7, r1: radius - 1.7 },
      { layer: 'both', hu: -900 },
    )
  }
}

/** A point in the fat in front of the chest muscle. */
function toPocket(anatomy: AnatomyParameters, side: number, z: number): Point {
  const radii = createTrunkRadii()
  fillTrunkRadii(anatomy, z, radii)
  const bin = toAngleBin(side * 0.72, -0.69)
  const r = (radii.muscle[bin] + radii.skin[bin]) / 2 - 2
  return [side * 0.72 * r, -0.69 * r, z]
}

function toSide(details: FindingDetails): number {
  return details.side === 'right' ? -1 : 1
}

const TO_ATRIUM: readonly Point[] = [
  [-28, -12, 90],
  [-29, -10, 62],
  [-29, -10, 30],
  [-30, -16, -4],
]

function toVenousPath(pocket: Point, side: number): Point[] {
  const entry: Point[] =
    side > 0
      ? [
          [70, -44, 128],
          [36, -20, 124],
          [20, -24, 108],
          [-6, -26, 96],
        ]
      : [
          [-72, -44, 126],
          [-44, -14, 128],
          [-34, -14, 112],
        ]
  return [pocket, ...entry, ...TO_ATRIUM]
}

/** Where a device streaks the picture, or null for devices too small to. */
export function toStreakSource(anatomy: AnatomyParameters, details: FindingDetails) {
  if (details.kind === 'pacemaker')
    return { center: toPocket(anatomy, toSide(details), PACEMAKER_Z), halfHeightMm: 25, strengthHu: 110 }
  if (details.kind === 'port')
    return { center: toPocket(anatomy, toSide(details), PORT_Z), halfHeightMm: 13, strengthHu: 60 }
  return null
}

/** A flat metal case under the skin, which it lifts. `radii`: across its thickness, sideways, upright. */
function paintCase(scene: LesionScene, center: Point, side: number, radii: Point, hu: number): void {
  const axes = [
    [side * 0.72, -0.694, 0],
    [side * 0.694, 0.72, 0],
    [0, 0, 1],
  ] as const
  const shape = { center, radii, axes }
  const lift = { layer: 'soft', onlyRegions: toRegionBits(REGION.wall, REGION.outside) } as const
  paintEllipsoid(scene.grid, growEllipsoid(shape, 7), { ...lift, hu: 10, mode: 'max', region: REGION.wall })
  paintEllipsoid(scene.grid, growEllipsoid(shape, 4.5), { ...lift, hu: -100 })
  paintEllipsoid(scene.grid, shape, { layer: 'soft', hu, finding: toBit('medical_material') })
}

function paintPacemaker(scene: LesionScene): void {
  const side = toSide(scene.details)
  const pocket = toPocket(scene.anatomy, side, PACEMAKER_Z)
  paintCase(scene, pocket, side, [5.5, 21, 24], 3000)
  const heart = toHeartShapes(scene.anatomy)
  const apex = heart.rightVentricle.center
  drawLine(
    scene,
    toSmoothPath([...toVenousPath(pocket, side), [-18, -30, -24], [apex[0] + 12, apex[1] - 8, apex[2] - 14]]),
    1.6,
    2600,
  )
  drawLine(
    scene,
    toSmoothPath([
      [-30, -16, -4],
      [-34, -34, -8],
      [-28, -44, 4],
    ]),
    1.5,
    2400,
  )
}

function paintPort(scene: LesionScene): void {
  const side = toSide(scene.details)
  const pocket = toPocket(scene.anatomy, side, PORT_Z)
  paintCase(scene, pocket, side, [5.5, 13, 13], 2200)
  drawLine(scene, toSmoothPath(toVenousPath(pocket, side)), 1.7, 1500)
}

function paintSternalWires(scene: LesionScene): void {
  for (let z = -30; z <= 92; z += 20) {
    const y = -toCavityRadius(0, -1, z) - 6
    const loop: Point[] = []
    for (let n = 0; n <= 12; n++) {
      const angle = (n / 12) * 2 * Math.PI
      loop.push([19 * Math.cos(angle), y + 8.5 * Math.sin(angle), z + 3 * Math.sin(angle * 2)])
    }
    drawLine(scene, loop, 1.5, 2800)
    drawLine(
      scene,
      [
        [1, y - 9, z],
        [4, y - 10, z + 4],
      ],
      2.4,
      3000,
    )
  }
}

function paintValve(scene: LesionScene): void {
  const heart = toHeartShapes(scene.anatomy)
  const mitral = scene.random.chance(0.4)
  const center: Point = mitral
    ? [heart.leftAtrium.center[0] + 16, heart.leftAtrium.center[1] - 12, heart.leftAtrium.center[2] - 8]
    : [1, -11, 12]
  const ring: Point[] = []
  for (let n = 0; n <= 14; n++) {
    const angle = (n / 14) * 2 * Math.PI
    ring.push([
      center[0] + 13 * Math.cos(angle),
      center[1] + 13 * Math.sin(angle) * 0.7,
      center[2] + 13 * Math.sin(angle) * 0.7,
    ])
  }
  drawLine(scene, ring, 2.4, 2600)
  drawLine(
    scene,
    [
      [center[0] - 9, center[1] + 3, center[2]],
      [center[0] + 9, center[1] - 3, center[2]],
    ],
    1.8,
    2400,
  )
}

function paintStent(scene: LesionScene): void {
  const path = toSmoothPath(toGreatVessels(scene.anatomy).descending.points)
  const radius = 12.3 * scene.anatomy.aortaScale
  for (let n = 1; n < 12 && n < path.length; n++) {
    const ring: Point[] = []
    for (let m = 0; m <= 16; m++) {
      const angle = (m / 16) * 2 * Math.PI
      const zig = m % 2 === 0 ? 5 : -5
      ring.push([path[n][0] + radius * Math.cos(angle), path[n][1] + radius * Math.sin(angle), path[n][2] + zig])
    }
    drawLine(scene, ring, 1.4, 2400)
  }
}

function paintDrain(scene: LesionScene): void {
  const side = toSide(scene.details)
  const z = scene.random.range(-40, 0)
  const wall = toCavityRadius(side, 0.1, z)
  const points: Point[] = [
    [side * (wall + 60), -20, z - 10],
    [side * (wall - 4), 4, z],
    [side * (wall - 26), 44, z + 18],
    [side * 62, 62, z + 52],
    [side * 48, 52, z + 88],
  ]
  drawHose(scene, toSmoothPath(points), 4.6, 900)
}

function paintTubes(scene: LesionScene): void {
  drawHose(
    scene,
    toSmoothPath([
      [0, 6, 175],
      [-1, 10, 130],
      [-1, 15, 100],
      [-1, 18, scene.random.range(74, 88)],
    ]),
    5.4,
    700,
  )
  drawLine(scene, toSmoothPath(toOesophagus(scene.anatomy).points), 2.2, 900)
}

const PAINTERS: Readonly<Record<string, (scene: LesionScene) => void>> = {
  pacemaker: paintPacemaker,
  port: paintPort,
  sternal_wires: paintSternalWires,
  valve: paintValve,
  stent: paintStent,
  drain: paintDrain,
  tube: paintTubes,
}

/** Draws the device that the details' `kind` names. */
export function paintMedicalMaterial(scene: LesionScene): void {
  PAINTERS[scene.details.kind ?? 'pacemaker'](scene)
}
