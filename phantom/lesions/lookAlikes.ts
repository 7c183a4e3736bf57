import { smoothStep } from '../anatomy/knots.ts'
import { toCavityRadius } from '../anatomy/thorax.ts'
import type { FindingDetails } from '../findingDetails.ts'
import { toRegionBits } from '../render/brush.ts'
import { type Point, paintCapsule } from '../render/paintCapsule.ts'
import { paintEllipsoid } from '../render/paintEllipsoid.ts'
import { paintField } from '../render/paintField.ts'
import { REGION } from '../render/renderGrid.ts'
import { createSmoothNoise } from '../render/valueNoise.ts'
import { ALL_LOBES, findLobePoint, type LesionScene, toLobeSet } from './lesionScene.ts'
import { STATIONS } from './mediastinum.ts'
import { toDirection, toShifted } from './nodules.ts'

/** What look-alikes are drawn into: a lesion's scene without a finding. */
export type BenignScene = Omit<LesionScene, 'details'>

/** Things every reader must tell from findings. None of them is labelled or marked in a mask. */
export function paintLookAlikes(scene: BenignScene, nodule: FindingDetails | undefined): void {
  paintEndOnVessels(scene, nodule)
  paintGranulomas(scene)
  paintSmallNodes(scene)
  paintDependentDensity(scene)
}

/** Vessels of 4–6 mm that run nearly along z, round in every slice; most of them in the lobe of the nodule when there is one. */
function paintEndOnVessels(scene: BenignScene, nodule: FindingDetails | undefined): void {
  const { random, grid, anatomy } = scene
  const hu = 42 + Math.min(anatomy.arterialHu, 120)
  const near = nodule ? toLobeSet(nodule) : null
  for (let n = 1 + random.below(4); n > 0; n--) {
    const lobes = near && random.chance(0.6) ? near : new Set([random.pick(ALL_LOBES)])
    const center = findLobePoint(scene, lobes, 14)
    const along = toDirection(random.normal() * 0.25, random.normal() * 0.25, 1)
    const half = random.range(10, 18)
    const radius = random.range(2, 3)
    const [low, high] = [toShifted(center, along, -half), toShifted(center, along, half)]
    const brush = { layer: 'lung', hu, mode: 'max' } as const
    paintCapsule(grid, { from: low, to: high, r0: radius, r1: radius * 0.75 }, brush)
    if (random.chance(0.5)) {
      const branch = toShifted(high, toDirection(random.normal(), random.normal(), 0.6), random.range(8, 14))
      paintCapsule(grid, { from: high, to: branch, r0: radius * 0.75, r1: 0.8 }, brush)
    }
  }
}

/** Calcified granulomas under 4 mm in a quarter of the patients. */
function paintGranulomas(scene: BenignScene): void {
  const { random, grid } = scene
  if (!random.chance(0.25)) return
  for (let n = 1 + random.below(3); n > 0; n--) {
    const at = findLobePoint(scene, new Set(ALL_LOBES), 5)
    const radius = random.range(1.1, 1.9)
    const brush = { layer: 'lung', hu: random.range(350, 800), mode: 'max' } as const
    paintCapsule(grid, { from: at, to: at, r0: radius, r1: radius }, brush)
  }
}

/** Normal lymph nodes, 4–8 mm in short axis, in the fat of the mediastinum and the axillae. */
function paintSmallNodes(scene: BenignScene): void {
  const { random, grid, anatomy } = scene
  const hu = 40 + Math.max(anatomy.venousHu, 0) * 0.2
  const paint = (center: Point, onlyRegions: number) => {
    const short = random.range(2, 4)
    const shift = () => random.normal() * 4
    const at: Point = [center[0] + shift(), center[1] + shift(), center[2] + shift()]
    paintEllipsoid(
      grid,
      { center: at, radii: [short, short * random.range(0.9, 1.1), short * random.range(1.1, 1.7)] },
      { layer: 'soft', hu, onlyRegions },
    )
  }
  const mediastinum = toRegionBits(REGION.mediastinum)
  const wall = toRegionBits(REGION.wall)
  for (const station of random.shuffle(STATIONS.mediastinal).slice(0, 2 + random.below(4))) paint(station, mediastinum)
  for (const station of random.shuffle(STATIONS.axillary).slice(0, 1 + random.below(4)))
    paint([station[0] * (random.chance(0.5) ? 1 : -1), station[1], station[2]], wall)
}

/** Faint density of the lung a patient lies on, along the back of the bases, in a third of the patients. */
function paintDependentDensity(scene: BenignScene): void {
  const { random, grid, anatomy } = scene
  if (!random.chance(0.33)) return
  const thick = random.range(7, 15)
  const noise = createSmoothNoise(random, 26)
  const brush = { layer: 'lung', hu: anatomy.lungHu + random.range(180, 320), mode: 'max' } as const
  paintField(grid, { low: [-125, 30, -140], high: [125, 98, 30] }, brush, (x, y, z, sample) => {
    const depth = toCavityRadius(x, y, z) - Math.sqrt(x * x + y * y)
    const back = smoothStep(30, 60, y) * smoothStep(30, -25, z)
    sample.coverage = 0.9 * back * smoothStep(1, -0.2, depth / thick + 0.4 * noise(x, y, z))
  })
}
