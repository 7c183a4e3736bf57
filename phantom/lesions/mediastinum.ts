import { toSpineY } from '../anatomy/bones.ts'
import { toRegionBits } from '../render/brush.ts'
import type { Point } from '../render/paintCapsule.ts'
import { paintEllipsoid } from '../render/paintEllipsoid.ts'
import { REGION } from '../render/renderGrid.ts'
import { bySeverity, type LesionScene, toBit } from './lesionScene.ts'

/** Where lymph nodes lie, nominal mm; the axillary ones on the left. */
export const STATIONS: Readonly<Record<string, readonly Point[]>> = {
  mediastinal: [
    [-20, 8, 72],
    [-22, 0, 60],
    [30, 2, 58],
    [0, 14, 34],
    [8, -34, 70],
    [-8, -34, 66],
    [-18, 12, 88],
    [4, 12, 24],
  ],
  hilar: [
    [54, 22, 24],
    [-52, 14, 20],
    [52, 28, 8],
    [-50, 20, 2],
    [-56, 10, 32],
    [56, 16, 36],
    [0, 14, 34],
    [-22, 2, 62],
  ],
  axillary: [
    [122, -12, 96],
    [134, -4, 104],
    [118, 2, 84],
    [128, -20, 84],
    [138, -14, 92],
    [124, 4, 108],
  ],
}

/** Enlarged lymph nodes in clumps at the stations of the kind named. */
export function paintLymphNodes(scene: LesionScene): void {
  const { random, details, grid, anatomy } = scene
  const kind = details.kind ?? 'mediastinal'
  const radius = (details.sizeMm ?? 18) / 2
  const stations = random.shuffle(STATIONS[kind]).slice(0, bySeverity(details, 3, 5, 8))
  const hu = 46 + Math.max(anatomy.venousHu, 0) * random.range(0.15, 0.35)
  stations.forEach((station, index) => {
    const mirrored: Point =
      kind === 'axillary' && details.side === 'right' ? [-station[0], station[1], station[2]] : station
    for (let n = 0; n < 2; n++) {
      const size = Math.max(radius * (index === 0 && n === 0 ? 1 : random.range(0.6, 1)), 5)
      const center: Point = [
        mirrored[0] + n * random.normal() * 7,
        mirrored[1] + n * random.normal() * 5,
        mirrored[2] + n * random.normal() * 8,
      ]
      const brush = {
        layer: 'soft',
        hu,
        region: REGION.mediastinum,
        finding: toBit('lymphadenopathy'),
        maskFrom: 0.4,
      } as const
      paintEllipsoid(
        grid,
        { center, radii: [size, size * random.range(0.75, 1), size * random.range(0.9, 1.25)] },
        brush,
      )
    }
  })
}

/** Stomach behind the heart: wall, fluid and a bubble of gas in front of it. */
export function paintHiatalHernia(scene: LesionScene): void {
  const { random, details, grid, anatomy } = scene
  const size = bySeverity(details, 17, 26, 36) * random.range(0.92, 1.08)
  const floor = Math.min(anatomy.domeLeftMm, anatomy.domeRightMm)
  const center: Point = [8 + random.normal() * 4, toSpineY(anatomy, -60) - 18 - size * 0.75, floor + 4 + size * 0.55]
  const onlyRegions = toRegionBits(
    REGION.lungRight,
    REGION.lungLeft,
    REGION.mediastinum,
    REGION.organ,
    REGION.abdomen,
    REGION.fluid,
  )
  const outer: Point = [size * 1.25, size * 0.85, size]
  const brush = { layer: 'soft', onlyRegions, region: REGION.organ } as const
  paintEllipsoid(
    grid,
    { center, radii: outer.map((r) => r + 3) as unknown as Point },
    { ...brush, hu: -100, region: REGION.mediastinum },
  )
  paintEllipsoid(grid, { center, radii: outer }, { ...brush, hu: 48, finding: toBit('hiatal_hernia'), maskFrom: 0.5 })
  paintEllipsoid(
    grid,
    { center, radii: outer.map((r) => r - 3.5) as unknown as Point },
    { ...brush, hu: random.range(5, 28) },
  )
  const gas: Point = [center[0], center[1] - size * 0.25, center[2] + size * 0.1]
  paintEllipsoid(grid, { center: gas, radii: [size * 0.8, size * 0.38, size * 0.62] }, { ...brush, hu: -950 })
}
