import { addScaled, dot } from '../geometry/vector.ts'
import type { Vec3, VolumeGeometry } from '../volume/volume.ts'
import type { CropBox } from './solidLook.ts'

/** What lies on the side of its normal is drawn; a point and a unit vector in LPS, mm. */
export interface CropPlane {
  readonly originLpsMm: Vec3
  readonly normal: Vec3
}

/** Right to left, front to back, feet to head. */
const AXES: readonly Vec3[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]

/** Where a volume begins and ends along a patient axis, its outermost voxels whole, mm. */
function toReach(
  { size, spacingMm, originLpsMm, directionLps }: VolumeGeometry,
  axis: Vec3,
): readonly [number, number] {
  const steps = directionLps.map((direction, n) => dot(direction, axis) * spacingMm[n])
  const start = dot(originLpsMm, axis)
  const low = steps.reduce((sum, step, n) => sum + Math.min(-step / 2, step * (size[n] - 0.5)), start)
  const high = steps.reduce((sum, step, n) => sum + Math.max(-step / 2, step * (size[n] - 0.5)), start)
  return [low, high]
}

/** Length of a volume along the patient's axes: right to left, front to back, feet to head, mm. */
export function toExtentMm(geometry: VolumeGeometry): Vec3 {
  const along = (axis: number) => {
    const [low, high] = toReach(geometry, AXES[axis])
    return high - low
  }
  return [along(0), along(1), along(2)]
}

/** The six planes of the box, always all of them: their number is part of the shader, which takes its time to be made. */
export function toCropPlanes(geometry: VolumeGeometry, crop: CropBox): CropPlane[] {
  return AXES.flatMap((axis, n) => {
    const [low, high] = toReach(geometry, axis)
    const toPoint = (share: number) => addScaled([0, 0, 0], axis, low + share * (high - low))
    const [from, to] = crop[n]
    return [
      { originLpsMm: toPoint(from), normal: axis },
      { originLpsMm: toPoint(to), normal: addScaled([0, 0, 0], axis, -1) },
    ]
  })
}
