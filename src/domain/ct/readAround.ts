import { assert } from '../../base/assert.ts'
import type { AxisSampling } from './resampleAxis.ts'

/**
 * Lets the axis along which layers are missing read measured ones only: what lies in a gap, or between a gap and its
 * neighbour, is mixed linearly from the measured layers on either side; beyond the outermost, that one is repeated. It is
 * what filling the layers first would give, without a copy of the volume.
 * @param missing layers, ascending
 * @param size layers of the volume
 */
export function readAround(sampling: AxisSampling, missing: readonly number[], size: number): AxisSampling {
  if (missing.length === 0) return sampling
  const isMissing = new Set(missing)
  const { below, above } = findMeasuredNeighbours(size, isMissing)
  const lower = sampling.lower.slice()
  const upper = sampling.upper.slice()
  const upperWeight = sampling.upperWeight.slice()
  for (let n = 0; n < lower.length; n++) {
    if (!isMissing.has(lower[n]) && !isMissing.has(upper[n])) continue
    const at = lower[n] + (upper[n] - lower[n]) * upperWeight[n]
    const from = below[Math.floor(at)]
    const to = above[Math.ceil(at)]
    lower[n] = from < 0 ? to : from
    upper[n] = to < 0 ? from : to
    upperWeight[n] = upper[n] === lower[n] ? 0 : (at - lower[n]) / (upper[n] - lower[n])
  }
  return { ...sampling, lower, upper, upperWeight }
}

/** For every layer the nearest measured one below and above, itself included; −1 where there is none. */
export interface MeasuredNeighbours {
  readonly below: Int32Array
  readonly above: Int32Array
}

export function findMeasuredNeighbours(size: number, isMissing: ReadonlySet<number>): MeasuredNeighbours {
  assert(isMissing.size < size, 'every layer of a volume is missing')
  return { below: toNearest(size, isMissing, 0, 1), above: toNearest(size, isMissing, size - 1, -1) }
}

/** For every layer the measured one that was met last on the way from `first`, itself included; −1 before there is one. */
function toNearest(size: number, isMissing: ReadonlySet<number>, first: number, step: 1 | -1): Int32Array {
  const nearest = new Int32Array(size)
  let last = -1
  for (let n = 0, k = first; n < size; n++, k += step) {
    if (!isMissing.has(k)) last = k
    nearest[k] = last
  }
  return nearest
}
