import type { AxisPlacement } from './axisPlacement.ts'
import { findMeasuredNeighbours, type MeasuredNeighbours } from './readAround.ts'

/** Which source voxels the tensor averages along one axis. */
export interface AreaSampling extends AxisPlacement {
  /** Tensor index n is the sum of `weights` · `sources` (stored indices) from entry `offsets[n]` to `offsets[n + 1]` − 1. */
  readonly offsets: Int32Array
  readonly sources: Int32Array
  /** Of one tensor index they sum to 1. */
  readonly weights: Float64Array
}

export interface AreaRequest {
  /** What is kept of the axis, in stored indices, the end excluded. */
  readonly start: number
  readonly end: number
  readonly sourceSize: number
  readonly targetSize: number
  readonly flipped: boolean
}

/**
 * Adaptive mean of one axis, as torch's `adaptive_avg_pool3d`: of n voxels that become N, voxel t is the mean of ⌊t·n/N⌋ up to
 * ⌈(t + 1)·n/N⌉ − 1. Where there are fewer than are wanted, voxels repeat. On the whole t lies at (t + 0.5)·n/N − 0.5.
 */
export function toAreaSampling({ start, end, sourceSize, targetSize, flipped }: AreaRequest): AreaSampling {
  const count = end - start
  const first = flipped ? sourceSize - end : start
  const toStored = (index: number) => (flipped ? sourceSize - 1 - index : index)
  const rows = Array.from({ length: targetSize }, (_, t) => {
    const from = Math.floor((t * count) / targetSize)
    const to = Math.ceil(((t + 1) * count) / targetSize)
    return Array.from({ length: to - from }, (_, n): Entry => [toStored(first + from + n), 1 / (to - from)])
  })
  const sourceStep = count / targetSize
  return { ...toSparse(rows), sourceOfZero: first + 0.5 * sourceStep - 0.5, sourceStep }
}

type Entry = readonly [source: number, weight: number]

function toSparse(rows: readonly (readonly Entry[])[]): Pick<AreaSampling, 'offsets' | 'sources' | 'weights'> {
  const offsets = new Int32Array(rows.length + 1)
  for (const [n, row] of rows.entries()) offsets[n + 1] = offsets[n] + row.length
  const entries = rows.flat()
  return {
    offsets,
    sources: Int32Array.from(entries, ([source]) => source),
    weights: Float64Array.from(entries, ([, weight]) => weight),
  }
}

/** Lets the axis along which layers are missing read what lies on either side of them, as if they had been filled. */
export function averageAround(sampling: AreaSampling, missing: readonly number[], size: number): AreaSampling {
  if (missing.length === 0) return sampling
  const isMissing = new Set(missing)
  const neighbours = findMeasuredNeighbours(size, isMissing)
  const { offsets, sources, weights } = sampling
  const rows = Array.from({ length: offsets.length - 1 }, (_, n) => {
    const entries: Entry[] = []
    for (let e = offsets[n]; e < offsets[n + 1]; e++)
      if (isMissing.has(sources[e])) entries.push(...toMeasured(sources[e], weights[e], neighbours))
      else entries.push([sources[e], weights[e]])
    return entries
  })
  return { ...sampling, ...toSparse(rows) }
}

/** A layer mixed linearly from the measured ones around it; beyond the outermost, that one is repeated. */
function toMeasured(layer: number, weight: number, { below, above }: MeasuredNeighbours): readonly Entry[] {
  const lower = below[layer]
  const upper = above[layer]
  if (lower < 0 || upper < 0) return [[Math.max(lower, upper), weight]]
  const share = (layer - lower) / (upper - lower)
  return [
    [lower, weight * (1 - share)],
    [upper, weight * share],
  ]
}

/** The tensor indices from `start` to `end` − 1 by themselves. */
export const sliceArea = (sampling: AreaSampling, start: number, end: number): AreaSampling => ({
  ...sampling,
  offsets: sampling.offsets.subarray(start, end + 1),
  sourceOfZero: sampling.sourceOfZero + start * sampling.sourceStep,
})
