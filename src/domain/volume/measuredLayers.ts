import type { Vec3, Volume } from './volume.ts'

/** Part of the layers in which nothing was measured, 0…1. */
export const toMissingShare = ({ missing, size }: Pick<Volume, 'missing' | 'size'>): number => missing.length / size[2]

/** The voxels of the layers that were measured, in runs that lie behind one another in memory: nothing is copied. */
export function toMeasuredHu(hu: Int16Array, [columns, rows, layers]: Vec3, missing: readonly number[]): Int16Array[] {
  if (missing.length === 0) return [hu]
  const starts = [-1, ...missing]
  const ends = [...missing, layers]
  const length = columns * rows
  return starts.flatMap((before, n) =>
    ends[n] > before + 1 ? [hu.subarray((before + 1) * length, ends[n] * length)] : [],
  )
}

/**
 * How near to a layer's centre a place lies in that layer alone, in layers. Further away a view mixes two layers, and
 * rounding puts a plane that goes through a centre a little off it.
 */
const CENTRE_TOLERANCE = 0.02

/** For every layer, bits: 1 it is missing, 2 it or the next one is. */
export type MissingMask = Uint8Array

/** Null where nothing is missing, so that who draws has nothing to ask. */
export function toMissingMask({ missing, size }: Pick<Volume, 'missing' | 'size'>): MissingMask | null {
  if (missing.length === 0) return null
  const mask = new Uint8Array(size[2])
  for (const k of missing) {
    mask[k] |= 3
    if (k > 0) mask[k - 1] |= 2
  }
  return mask
}

/** Whether a place along k (continuous, also outside) lies in a missing layer, or between one and its neighbour. */
export function isMissingAt(mask: MissingMask, k: number): boolean {
  const nearest = Math.round(k)
  const isCentre = Math.abs(k - nearest) <= CENTRE_TOLERANCE
  const layer = Math.max(0, Math.min(mask.length - 1, isCentre ? nearest : Math.floor(k)))
  const isInside = !isCentre && k > 0 && k < mask.length - 1
  return (mask[layer] & (isInside ? 2 : 1)) !== 0
}

/** Whether nothing was measured along k from `reach` before a place to `reach` behind it. */
export function isMissingOver(mask: MissingMask, k: number, reach: number): boolean {
  if (!isMissingAt(mask, k - reach) || !isMissingAt(mask, k + reach)) return false
  for (let layer = Math.ceil(k - reach); layer <= k + reach; layer++) if (!isMissingAt(mask, layer)) return false
  return true
}
