import { smoothStep } from '../anatomy/knots.ts'
import { paintAirway } from '../anatomy/lungDrawing.ts'
import { toLobe, toLungDepth } from '../anatomy/thorax.ts'
import type { Point } from '../render/paintCapsule.ts'
import { paintField } from '../render/paintField.ts'
import type { Box } from '../render/renderGrid.ts'
import { createSmoothNoise } from '../render/valueNoise.ts'
import { bySeverity, findLobePoint, type LesionScene, toBit, toLobeSet } from './lesionScene.ts'

interface Blob {
  readonly center: Point
  readonly radius: number
}

/** Patches of ground glass: hazy density through which vessels stay visible. */
export function paintLungOpacity(scene: LesionScene): void {
  const { random, details, grid } = scene
  const lobes = toLobeSet(details)
  const count = bySeverity(details, 2, 4, 6)
  const noise = createSmoothNoise(random, 11)
  const hu = random.range(-520, -380)
  for (let n = 0; n < count; n++) {
    const center = findLobePoint(scene, lobes, 8)
    const blob = { center, radius: random.range(0.8, 1.15) * bySeverity(details, 17, 27, 38) }
    paintField(
      grid,
      toBox(blob),
      { layer: 'lung', hu, mode: 'max', opacity: 0.85, finding: toBit('lung_opacity') },
      (x, y, z, sample) => {
        if (!lobes.has(toLobe(x, y, z))) return
        sample.coverage = smoothStep(-5, 6, toBlobDepth(blob, x, y, z) + 9 * noise(x, y, z))
      },
    )
  }
}

/** Airless lung of a segment or lobe that stops at the fissures, with air left in its bronchi. */
export function paintConsolidation(scene: LesionScene): void {
  const { random, details, grid } = scene
  const lobes = toLobeSet(details)
  const noise = createSmoothNoise(random, 9)
  const blobs: Blob[] = []
  for (let n = 0; n < bySeverity(details, 1, 2, 3); n++) {
    const center = findLobePoint(scene, lobes, 6)
    blobs.push({ center, radius: random.range(0.85, 1.15) * bySeverity(details, 20, 31, 44) })
  }
  const hu = random.range(15, 45)
  for (const blob of blobs) {
    paintField(
      grid,
      toBox(blob),
      { layer: 'lung', hu, mode: 'max', finding: toBit('consolidation') },
      (x, y, z, sample) => {
        if (!lobes.has(toLobe(x, y, z))) return
        sample.coverage = smoothStep(-3, 3, toBlobDepth(blob, x, y, z) + 7 * noise(x, y, z))
      },
    )
  }
  for (const branch of scene.trees.airways) {
    if (branch.generation >= 1 && blobs.some((blob) => toBlobDepth(blob, ...branch.to) > 0))
      paintAirway(grid, branch, 0, 1.15)
  }
}

/** Bands of collapsed lung, or the collapse of a lobe's dependent part against diaphragm and spine. */
export function paintAtelectasis(scene: LesionScene): void {
  if (scene.details.kind === 'lobar') paintDependentCollapse(scene)
  else paintBands(scene)
}

function paintBands(scene: LesionScene): void {
  const { random, details, grid } = scene
  const lobes = toLobeSet(details)
  const noise = createSmoothNoise(random, 24)
  for (let n = 0; n < bySeverity(details, 1, 3, 4); n++) {
    const center = findLobePoint(scene, lobes, 6, (point) => point[2] < 10 || !(lobes.has('RLL') || lobes.has('LLL')))
    const tilt = [random.normal() * 0.25, random.normal() * 0.35]
    const thick = random.range(0.85, 1.15) * bySeverity(details, 4, 7, 10)
    const radius = random.range(0.85, 1.2) * bySeverity(details, 24, 34, 42)
    paintField(
      grid,
      toBox({ center, radius }),
      { layer: 'lung', hu: 15, mode: 'max', finding: toBit('atelectasis') },
      (x, y, z, sample) => {
        const dx = x - center[0]
        const dy = y - center[1]
        const off = Math.abs(z - center[2] - tilt[0] * dx - tilt[1] * dy + 4 * noise(x, y, 0))
        const rim = radius - Math.sqrt(dx * dx + dy * dy)
        sample.coverage = smoothStep(-1.6, 1.6, Math.min(thick / 2 - off, rim * 0.5))
        sample.extent = smoothStep(-1.6, 1.6, Math.min(Math.max(thick / 2, 3.2) - off, rim * 0.5))
      },
    )
  }
}

function paintDependentCollapse(scene: LesionScene): void {
  const { random, details, grid, anatomy } = scene
  const lobes = toLobeSet(details)
  const noise = createSmoothNoise(random, 14)
  const thick = bySeverity(details, 16, 27, 40)
  const area: Box = { low: [-140, -20, -140], high: [140, 95, 60] }
  paintField(grid, area, { layer: 'lung', hu: 48, mode: 'max', finding: toBit('atelectasis') }, (x, y, z, sample) => {
    if (!lobes.has(toLobe(x, y, z))) return
    const reach = thick * smoothStep(-25, 55, y) * smoothStep(62, -30, z)
    if (reach < 2) return
    const depth = toLungDepth(anatomy, x, y, z)
    sample.coverage = smoothStep(-3, 3, reach - depth + 4 * noise(x, y, z))
  })
  for (const branch of scene.trees.airways)
    if (lobes.has(branch.lobe) && branch.generation >= 2 && branch.to[1] > 35 && branch.to[2] < 0)
      paintAirway(grid, branch, 0, 0.9)
}

function toBox(blob: Blob): Box {
  const reach = blob.radius + 16
  const [x, y, z] = blob.center
  return { low: [x - reach, y - reach, z - reach], high: [x + reach, y + reach, z + reach] }
}

function toBlobDepth(blob: Blob, x: number, y: number, z: number): number {
  const dx = x - blob.center[0]
  const dy = y - blob.center[1]
  const dz = z - blob.center[2]
  return blob.radius - Math.sqrt(dx * dx + dy * dy + dz * dz)
}
