import { cross, dot } from '../../geometry/vector.ts'
import type { Vec3 } from '../volume.ts'
import type { PixelFormat, SliceHeader } from './sliceHeader.ts'

/** A slice whose header has all that a volume needs. */
export type PlacedSlice = SliceHeader & {
  readonly format: PixelFormat
  readonly positionLpsMm: Vec3
  readonly rowLps: Vec3
  readonly columnLps: Vec3
  readonly pixelSpacingMm: readonly [number, number]
}

export function isPlaced(slice: SliceHeader): slice is PlacedSlice {
  return Boolean(slice.positionLpsMm && slice.rowLps && slice.columnLps && slice.pixelSpacingMm && slice.format)
}

export function toNormalLps(slice: Pick<SliceHeader, 'rowLps' | 'columnLps'>): Vec3 | null {
  return slice.rowLps && slice.columnLps ? cross(slice.rowLps, slice.columnLps) : null
}

/** Position of a slice along its own normal, mm. */
export const toPlaceMm = (slice: PlacedSlice): number => dot(cross(slice.rowLps, slice.columnLps), slice.positionLpsMm)
