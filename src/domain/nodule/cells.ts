import type { Vec3 } from '../volume/volume.ts'

/** Cells of a grid: (i, j, k) is `i + size[0] * (j + size[1] * k)`. */
export type Size = Vec3

/** Farther than any grid is wide. */
const FAR = 1e6

/**
 * Distance of each cell's centre to that of the nearest marked one, in cells; `FAR` where none is marked. Exact: lower envelopes of
 * parabolas, axis by axis (Felzenszwalb and Huttenlocher, Theory of Computing 8, 2012).
 */
export function distanceTo(marked: Uint8Array, size: Size): Float32Array {
  const squares = Float32Array.from(marked, (is) => (is ? 0 : FAR * FAR))
  const longest = Math.max(...size)
  const work = { line: new Float64Array(longest), at: new Int32Array(longest), cut: new Float64Array(longest + 1) }
  const steps = [1, size[0], size[0] * size[1]]
  for (let axis = 0; axis < 3; axis++) {
    const [step, count] = [steps[axis], size[axis]]
    for (let outer = 0; outer < squares.length; outer += step * count)
      for (let inner = 0; inner < step; inner++) sweep(squares, outer + inner, step, count, work)
  }
  return squares.map(Math.sqrt)
}

interface Work {
  readonly line: Float64Array
  readonly at: Int32Array
  readonly cut: Float64Array
}

function sweep(squares: Float32Array, start: number, step: number, count: number, { line, at, cut }: Work): void {
  let isAny = false
  for (let n = 0; n < count; n++) {
    line[n] = squares[start + n * step]
    isAny ||= line[n] < FAR * FAR
  }
  if (!isAny) return
  let top = 0
  at[0] = 0
  cut[0] = Number.NEGATIVE_INFINITY
  cut[1] = Number.POSITIVE_INFINITY
  for (let n = 1; n < count; n++) {
    let where = meet(line, at[top], n)
    while (where <= cut[top]) where = meet(line, at[--top], n)
    at[++top] = n
    cut[top] = where
    cut[top + 1] = Number.POSITIVE_INFINITY
  }
  for (let n = 0, one = 0; n < count; n++) {
    while (cut[one + 1] < n) one++
    squares[start + n * step] = (n - at[one]) ** 2 + line[at[one]]
  }
}

const meet = (line: Float64Array, a: number, b: number): number => (line[b] + b * b - line[a] - a * a) / (2 * (b - a))

/** Cells of a mask that hang together with a start, by their faces. */
export function connectedTo(mask: Uint8Array, size: Size, start: number): Uint8Array {
  const found = new Uint8Array(mask.length)
  if (!mask[start]) return found
  const stack = [start]
  found[start] = 1
  while (stack.length > 0) {
    const at = stack.pop() as number
    forNeighbours(at, size, (next) => {
      if (!mask[next] || found[next]) return
      found[next] = 1
      stack.push(next)
    })
  }
  return found
}

/** The six that share a face. */
export function forNeighbours(at: number, [nx, ny, nz]: Size, visit: (next: number) => void): void {
  const [i, j, k] = [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))]
  if (i > 0) visit(at - 1)
  if (i + 1 < nx) visit(at + 1)
  if (j > 0) visit(at - nx)
  if (j + 1 < ny) visit(at + nx)
  if (k > 0) visit(at - nx * ny)
  if (k + 1 < nz) visit(at + nx * ny)
}

/** Mask of the cells that pass. */
export function toMask(count: number, holds: (at: number) => boolean): Uint8Array {
  const mask = new Uint8Array(count)
  for (let at = 0; at < count; at++) if (holds(at)) mask[at] = 1
  return mask
}

export function countOf(mask: Uint8Array): number {
  let count = 0
  for (const is of mask) count += is
  return count
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted.length === 0 ? Number.NaN : (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2
}
