import { isWithinCells, toGridPoint, toPatientPoint, toVolumeFrame, toVolumeGrid } from '../../geometry/grid.ts'
import { lengthOf, subtract } from '../../geometry/vector.ts'
import type { Vec3, VolumeGeometry } from '../../volume/volume.ts'

/** The cells that hold all labels, the ends included. */
export interface LabelBox {
  readonly from: Vec3
  readonly to: Vec3
}

/** What is known of a volume whose voxels are labels, before it is read. */
export interface LabelNote {
  /** `doubtful`: a scan could have such values. */
  readonly certainty: 'sure' | 'doubtful'
  /** Labels but the background, 0. */
  readonly count: number
  readonly geometry: VolumeGeometry
  /** Null where all is background. */
  readonly box: LabelBox | null
}

/** `same-grid`: the voxels are those of the scan, in whatever order; `inside`: half of the labels' box or more lies in the scan. */
export type LabelFit = 'same-grid' | 'inside' | 'outside'

const SAME_PLACE_MM = 0.5
const SMALLEST_SHARE = 0.5
/** Places a side of the box that are looked at. */
const PROBES = 5

/** How labels lie to a scan, both by their places in the patient. */
export function toLabelFit({ geometry, box }: LabelNote, scan: VolumeGeometry): LabelFit {
  if (hasSameCorners(geometry, scan)) return 'same-grid'
  if (!box) return 'outside'
  const grid = toVolumeGrid(scan)
  const frame = toVolumeFrame(geometry)
  const probes = eachOf(Array.from({ length: PROBES }, (_, n) => n / (PROBES - 1)))
  const inside = probes.filter((share) => {
    const cell = share.map((part, n) => box.from[n] - 0.5 + part * (box.to[n] - box.from[n] + 1)) as unknown as Vec3
    const [i, j, k] = toGridPoint(grid, toPatientPoint(frame, cell))
    return isWithinCells(scan.size, i, j, k)
  })
  return inside.length >= SMALLEST_SHARE * probes.length ? 'inside' : 'outside'
}

const eachOf = (values: readonly number[]): Vec3[] =>
  values.flatMap((x) => values.flatMap((y) => values.map((z): Vec3 => [x, y, z])))

/** Files in RAS and in LPS order have their voxels at the same places. */
function hasSameCorners(a: VolumeGeometry, b: VolumeGeometry): boolean {
  if ([...a.size].sort().join() !== [...b.size].sort().join()) return false
  const others = toCorners(b)
  return toCorners(a).every((corner) => others.some((one) => lengthOf(subtract(one, corner)) < SAME_PLACE_MM))
}

const toCorners = (geometry: VolumeGeometry): Vec3[] =>
  eachOf([0, 1]).map(([x, y, z]) =>
    toPatientPoint(toVolumeFrame(geometry), [
      x * (geometry.size[0] - 1),
      y * (geometry.size[1] - 1),
      z * (geometry.size[2] - 1),
    ]),
  )
