import { type Brush, toRegionBits } from '../render/brush.ts'
import { type Point, paintPath } from '../render/paintCapsule.ts'
import { paintEllipsoid } from '../render/paintEllipsoid.ts'
import { REGION, type RenderGrid } from '../render/renderGrid.ts'
import type { AnatomyParameters } from './anatomyParameters.ts'
import { toSpineY } from './bones.ts'

export interface Tube {
  readonly points: readonly Point[]
  readonly radii: readonly number[]
}

export interface GreatVessels {
  readonly ascending: Tube
  readonly arch: Tube
  readonly descending: Tube
  readonly branches: readonly Tube[]
  readonly pulmonary: readonly Tube[]
  readonly veins: readonly Tube[]
}

export function toGreatVessels(anatomy: AnatomyParameters): GreatVessels {
  const a = anatomy.aortaScale
  const u = anatomy.unfoldingMm
  const spine = (z: number) => toSpineY(anatomy, z) - 24
  const descending: Point[] = [
    [24 + u, 33, 66 + u],
    [27 + u, 34, 48],
    [25 + u, spine(10), 10],
    [21 + u, spine(-40), -40],
    [14 + u * 0.5, spine(-90), -90],
    [6, spine(-130), -130],
    [3, spine(-180), -180],
  ]
  return {
    ascending: {
      points: [
        [0, -10, 8],
        [-10, -16, 24],
        [-17, -18, 44],
        [-14, -16, 62],
      ],
      radii: [15 * a, 16 * a, 15.5 * a, 14.5 * a],
    },
    arch: {
      points: [
        [-14, -16, 62],
        [-6, -8, 76 + u * 0.6],
        [6, 6, 82 + u],
        [17 + u * 0.6, 20, 80 + u],
        [24 + u, 33, 66 + u],
      ],
      radii: [14.5 * a, 14 * a, 13.5 * a, 13 * a, 12.8 * a],
    },
    descending: { points: descending, radii: [12.8 * a, 12.6 * a, 12.4 * a, 12 * a, 11.6 * a, 11 * a, 10.5 * a] },
    branches: [
      {
        points: [
          [-8, -6, 86 + u * 0.7],
          [-14, -8, 104],
          [-22, -6, 124],
          [-24, 0, 165],
        ],
        radii: [6.5, 6.2, 5.5, 4],
      },
      {
        points: [
          [5, 4, 92 + u],
          [10, 2, 112],
          [17, 6, 135],
          [20, 6, 170],
        ],
        radii: [4.4, 4.2, 4, 3.8],
      },
      {
        points: [
          [16 + u * 0.5, 16, 90 + u],
          [22, 16, 110],
          [32, 12, 126],
          [70, -12, 134],
        ],
        radii: [5.2, 5, 4.6, 4.2],
      },
    ],
    pulmonary: [
      {
        points: [
          [14, -36, 4],
          [20, -30, 22],
          [18, -14, 38],
        ],
        radii: [14, 14.5, 13.5],
      },
      {
        points: [
          [18, -14, 38],
          [30, 6, 42],
          [42, 22, 36],
          [46, 28, 20],
        ],
        radii: [12.5, 11.5, 10, 8.5],
      },
      {
        points: [
          [16, -12, 36],
          [-4, 2, 34],
          [-24, 4, 31],
          [-40, 8, 22],
          [-44, 14, 6],
        ],
        radii: [11, 10.5, 10, 9, 7.5],
      },
    ],
    veins: [
      {
        points: [
          [-27, -8, 0],
          [-29, -10, 30],
          [-29, -10, 62],
          [-28, -12, 90],
        ],
        radii: [10, 9.5, 9, 8.5],
      },
      {
        points: [
          [-28, -12, 90],
          [-34, -14, 112],
          [-42, -12, 140],
        ],
        radii: [7.5, 7, 6.5],
      },
      {
        points: [
          [-28, -12, 88],
          [-6, -26, 96],
          [20, -24, 108],
          [36, -20, 134],
        ],
        radii: [7.2, 7, 6.8, 6.2],
      },
      {
        points: [
          [-24, -6, -46],
          [-24, 2, -75],
          [-22, 14, -110],
          [-20, 22, -180],
        ],
        radii: [11, 11.5, 12, 12],
      },
      {
        points: [
          [-9, 34, -120],
          [-8, 36, 0],
          [-9, 34, 44],
          [-16, 18, 52],
          [-27, -4, 52],
        ],
        radii: [3.4, 3.8, 4.2, 4.2, 4],
      },
    ],
  }
}

/** Oesophagus from neck to stomach. */
export function toOesophagus(anatomy: AnatomyParameters): Tube {
  const front = (z: number) => toSpineY(anatomy, z) - 23
  return {
    points: [
      [3, front(170) + 3, 170],
      [4, front(90) + 2, 90],
      [2, front(40), 40],
      [2, front(-20) - 2, -20],
      [10, front(-70) - 10, -70],
      [24, front(-95) - 16, -92],
    ],
    radii: [6, 6.5, 6.5, 6.8, 7, 7],
  }
}

const CHEST = toRegionBits(
  REGION.lungRight,
  REGION.lungLeft,
  REGION.mediastinum,
  REGION.organ,
  REGION.abdomen,
  REGION.wall,
)

export function paintGreatVessels(grid: RenderGrid, anatomy: AnatomyParameters): void {
  const vessels = toGreatVessels(anatomy)
  const oesophagus = toOesophagus(anatomy)
  const aorta = [vessels.ascending, vessels.arch, vessels.descending]
  const fat: Brush = {
    layer: 'soft',
    hu: -104,
    region: REGION.mediastinum,
    onlyRegions: toRegionBits(REGION.lungRight, REGION.lungLeft),
  }
  for (const tube of [...aorta, ...vessels.branches, ...vessels.veins, oesophagus]) paintTube(grid, tube, fat, 3)
  for (const tube of vessels.pulmonary) paintTube(grid, tube, fat, 1.5)
  const fill = (hu: number): Brush => ({ layer: 'soft', hu, region: REGION.organ, onlyRegions: CHEST })
  paintTube(grid, oesophagus, fill(38), 0)
  paintEllipsoid(grid, { center: [4, oesophagus.points[1][1], 84], radii: [2.4, 2, 9] }, { layer: 'soft', hu: -620 })
  for (const tube of vessels.veins) paintTube(grid, tube, fill(44 + anatomy.venousHu), 0)
  for (const tube of vessels.pulmonary) paintTube(grid, tube, fill(44 + anatomy.venousHu), 0)
  for (const tube of [...vessels.branches, ...aorta]) paintTube(grid, tube, fill(44 + anatomy.arterialHu), 0)
  for (const side of [1, -1])
    paintEllipsoid(grid, { center: [side * 19, -2, 152], radii: [9, 11, 20] }, fill(105 + anatomy.venousHu * 0.6))
}

function paintTube(grid: RenderGrid, tube: Tube, brush: Brush, growMm: number): void {
  paintPath(
    grid,
    toSmoothPath(tube.points),
    toSmoothRadii(tube.radii).map((radius) => radius + growMm),
    brush,
  )
}

/** Catmull-Rom midpoints make a polyline of vessels round. */
export function toSmoothPath(points: readonly Point[]): Point[] {
  const path: Point[] = []
  for (let n = 0; n < points.length - 1; n++) {
    const [a, b, c, d] = [
      points[Math.max(n - 1, 0)],
      points[n],
      points[n + 1],
      points[Math.min(n + 2, points.length - 1)],
    ]
    for (const t of [0, 1 / 3, 2 / 3])
      path.push([0, 1, 2].map((axis) => toCatmullRom(a[axis], b[axis], c[axis], d[axis], t)) as unknown as Point)
  }
  path.push(points[points.length - 1])
  return path
}

function toSmoothRadii(radii: readonly number[]): number[] {
  const list: number[] = []
  for (let n = 0; n < radii.length - 1; n++)
    for (const t of [0, 1 / 3, 2 / 3]) list.push(radii[n] + (radii[n + 1] - radii[n]) * t)
  list.push(radii[radii.length - 1])
  return list
}

function toCatmullRom(a: number, b: number, c: number, d: number, t: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
}
