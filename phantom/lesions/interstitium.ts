import { smoothStep } from '../anatomy/knots.ts'
import { toLobe, toLungDepth } from '../anatomy/thorax.ts'
import { type Point, paintCapsule } from '../render/paintCapsule.ts'
import { paintField } from '../render/paintField.ts'
import { type CellSample, createCellNoise, createSmoothNoise } from '../render/valueNoise.ts'
import { bySeverity, findLobePoint, type LesionScene, LUNG_BOX, toBit, toLobeSet } from './lesionScene.ts'

/** Holes of destroyed lung, densest towards the apices, and bullae under the pleura when severe. */
export function paintEmphysema(scene: LesionScene): void {
  const { random, details, grid } = scene
  const lobes = toLobeSet(details)
  const whole = !details.lobes
  const cellMm = random.range(9, 13)
  const cells = createCellNoise(random, cellMm)
  const cell: CellSample = { edge: 0, near: 0, tone: 0 }
  const density = bySeverity(details, 0.45, 0.7, 0.95)
  paintField(
    grid,
    LUNG_BOX,
    { layer: 'lung', hu: -985, mode: 'min', finding: toBit('emphysema') },
    (x, y, z, sample) => {
      if (!lobes.has(toLobe(x, y, z))) return
      const region = whole ? 0.55 + 0.45 * smoothStep(-40, 60, z) : 1
      cells(x, y, z, cell)
      const hole = cell.tone < density * region ? smoothStep(cellMm * 0.62, cellMm * 0.42, cell.near) : 0
      sample.coverage = Math.max(hole, bySeverity(details, 0.12, 0.3, 0.5) * region)
      sample.extent = 1
    },
  )
  for (let n = 0; n < bySeverity(details, 0, 2, 6); n++) paintBulla(scene, lobes)
}

function paintBulla(scene: LesionScene, lobes: ReturnType<typeof toLobeSet>): void {
  const { random, grid, anatomy } = scene
  const center = findLobePoint(scene, lobes, 8, (p) => toLungDepth(anatomy, p[0], p[1], p[2]) < 16)
  const radius = random.range(9, 19)
  const point = { from: center, to: center }
  paintCapsule(
    grid,
    { ...point, r0: radius + 0.8, r1: radius + 0.8 },
    { layer: 'lung', hu: -500, mode: 'max', opacity: 0.8 },
  )
  paintCapsule(grid, { ...point, r0: radius, r1: radius }, { layer: 'lung', hu: -990 })
}

/** Lobules of dark and bright lung side by side, without lines between them. */
export function paintMosaic(scene: LesionScene): void {
  const { random, details, grid, anatomy } = scene
  const lobes = toLobeSet(details)
  const cells = createCellNoise(random, random.range(24, 36))
  const warp = createSmoothNoise(random, 14)
  const cell: CellSample = { edge: 0, near: 0, tone: 0 }
  const rise = bySeverity(details, 120, 180, 240)
  paintField(
    grid,
    LUNG_BOX,
    { layer: 'lung', hu: 0, finding: toBit('mosaic_attenuation_pattern') },
    (x, y, z, sample) => {
      if (!lobes.has(toLobe(x, y, z))) return
      cells(x + 5 * warp(x, y, z), y + 5 * warp(y, z, x), z, cell)
      const bright = cell.tone > 0.5
      sample.hu = bright ? anatomy.lungHu + rise + 60 : anatomy.lungHu - 75
      sample.coverage = bright ? 0.85 : 0.7
      sample.extent = 1
    },
  )
}

/** A net of thickened septa around the lobules, with a haze of fluid, densest near the pleura and the bases. */
export function paintSeptalThickening(scene: LesionScene): void {
  const { random, details, grid, anatomy } = scene
  const lobes = toLobeSet(details)
  const cells = createCellNoise(random, random.range(17, 22))
  const warp = createSmoothNoise(random, 13)
  const cell: CellSample = { edge: 0, near: 0, tone: 0 }
  const width = bySeverity(details, 1.7, 2.2, 2.8)
  const haze = bySeverity(details, 45, 75, 110)
  paintField(
    grid,
    LUNG_BOX,
    { layer: 'lung', hu: 0, mode: 'max', finding: toBit('interlobular_septal_thickening') },
    (x, y, z, sample) => {
      if (!lobes.has(toLobe(x, y, z))) return
      const bend = warp(x, y, z)
      cells(x + 4 * bend, y - 3 * bend, z, cell)
      const line = (1 - smoothStep(width * 0.45, width, cell.edge)) * (0.6 + 0.4 * smoothStep(-0.5, 0.1, warp(y, z, x)))
      sample.coverage = 0.5 + 0.4 * line
      sample.hu = anatomy.lungHu + haze * 2 + 620 * line
      sample.extent = 1
    },
  )
}

/** Scars: bands that radiate towards the pleura, a thick pleural edge, haze, and honeycomb cells at severe bases. */
export function paintFibrosis(scene: LesionScene): void {
  const { random, details, grid, anatomy } = scene
  const lobes = toLobeSet(details)
  const apical = details.kind === 'apical'
  const inPlace = (p: Point) => (apical ? p[2] > 55 : p[2] < -15)
  const isSubpleural = (p: Point) => toLungDepth(anatomy, p[0], p[1], p[2]) < 24
  const cells = createCellNoise(random, random.range(6.5, 8.5))
  const cell: CellSample = { edge: 0, near: 0, tone: 0 }
  const reach = bySeverity(details, 13, 20, 30)
  const bit = toBit('pulmonary_fibrotic_sequela')
  const wavy = createSmoothNoise(random, 16)
  const brush = { layer: 'lung', hu: 20, mode: 'max', finding: bit, maskFrom: 0.4 } as const
  paintField(grid, LUNG_BOX, brush, (x, y, z, sample) => {
    if (apical ? z < 40 : z > 0) return
    if (!lobes.has(toLobe(x, y, z))) return
    const height = apical ? smoothStep(40, 75, z) : smoothStep(0, -35, z)
    const depth = toLungDepth(anatomy, x, y, z)
    const region = height * smoothStep(-4, 4, reach - depth + 5 * wavy(x, y, z))
    if (region <= 0.02) return
    cells(x, y, z, cell)
    const wall = 1 - smoothStep(0.7, 2.2, cell.edge)
    sample.coverage = region * (depth < 3 ? 0.7 : 0.2 + 0.5 * wall * (0.6 + 0.4 * wavy(y, z, x)))
    sample.extent = region
  })
  for (let n = 0; n < bySeverity(details, 6, 12, 20); n++) {
    const outer = findLobePoint(scene, lobes, 3, (p) => inPlace(p) && isSubpleural(p))
    const inner: Point = [
      outer[0] * random.range(0.6, 0.75),
      outer[1] + random.normal() * 10,
      outer[2] * random.range(0.65, 0.85),
    ]
    const r = random.range(0.9, bySeverity(details, 1.6, 2.2, 2.8))
    paintCapsule(grid, { from: outer, to: inner, r0: r * 1.4, r1: r * 0.6 }, { layer: 'lung', hu: 30, mode: 'max' })
  }
}
