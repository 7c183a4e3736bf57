import type { Vec3 } from '../volume/volume.ts'

/** Taps beyond this many deviations weigh less than 1.2 %. */
const REACH = 3

/** Gaussian blur; `sigma` in cells. At an edge the cells that there are share the weight. */
export function blur(values: Float32Array, [nx, ny, nz]: Vec3, sigma: number): Float32Array {
  const reach = Math.ceil(REACH * sigma)
  const taps = Float64Array.from({ length: 2 * reach + 1 }, (_, n) => Math.exp(-((n - reach) ** 2) / (2 * sigma ** 2)))
  const strides = [1, nx, nx * ny]
  const sizes = [nx, ny, nz]
  return [0, 1, 2].reduce((from, axis) => blurAlong(from, sizes[axis], strides[axis], taps), values)
}

function blurAlong(from: Float32Array, count: number, stride: number, taps: Float64Array): Float32Array {
  const to = new Float32Array(from.length)
  const reach = (taps.length - 1) / 2
  for (let n = 0; n < count; n++) {
    const first = Math.max(-reach, -n)
    const last = Math.min(reach, count - 1 - n)
    let whole = 0
    for (let d = first; d <= last; d++) whole += taps[d + reach]
    for (let d = first; d <= last; d++) addLines(from, to, { count, stride, n, d, weight: taps[d + reach] / whole })
  }
  return to
}

interface Tap {
  readonly count: number
  readonly stride: number
  readonly n: number
  readonly d: number
  readonly weight: number
}

/** Adds every line's cell n + d, weighted, to its cell n. */
function addLines(from: Float32Array, to: Float32Array, { count, stride, n, d, weight }: Tap): void {
  const block = count * stride
  for (let start = n * stride; start < from.length; start += block)
    for (let at = start; at < start + stride; at++) to[at] += weight * from[at + d * stride]
}
