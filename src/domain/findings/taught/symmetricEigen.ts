import { assert } from '../../../base/assert.ts'

export interface Eigen {
  /** Greatest first. */
  readonly values: Float64Array
  /** Unit eigenvectors, row k belongs to value k: [n, n]. */
  readonly vectors: Float64Array
}

/** More than any symmetric matrix of this size needs: the method converges quadratically. */
const MOST_SWEEPS = 60

/** Square of what stands beside the diagonal. */
function offDiagonal(matrix: Float64Array, n: number): number {
  let sum = 0
  for (let row = 0; row < n; row++) for (let column = 0; column < row; column++) sum += matrix[row * n + column] ** 2
  return 2 * sum
}

/** Turns `count` pairs of numbers, the first two at `a` and `b`, by the angle of cosine c and sine s. */
function turn(array: Float64Array, a: number, b: number, step: number, count: number, c: number, s: number): void {
  for (let k = 0; k < count; k++, a += step, b += step) {
    const first = array[a]
    const second = array[b]
    array[a] = c * first - s * second
    array[b] = s * first + c * second
  }
}

/** Turns rows and columns p and q so that their common entry becomes 0 (Golub & Van Loan, Matrix Computations, 8.5). */
function rotate(matrix: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const entry = matrix[p * n + q]
  if (entry === 0) return
  const tau = (matrix[q * n + q] - matrix[p * n + p]) / (2 * entry)
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau))
  const c = 1 / Math.sqrt(1 + t * t)
  const s = t * c
  turn(matrix, p, q, n, n, c, s)
  turn(matrix, p * n, q * n, 1, n, c, s)
  turn(vectors, p * n, q * n, 1, n, c, s)
}

/** Eigenvalues and eigenvectors of a symmetric matrix [n, n] by the cyclic Jacobi method; the matrix is left as it is. */
export function symmetricEigen(symmetric: Float64Array, n: number): Eigen {
  assert(symmetric.length === n * n, `matrix of ${symmetric.length} numbers for n = ${n}`)
  const matrix = symmetric.slice()
  const vectors = new Float64Array(n * n)
  for (let k = 0; k < n; k++) vectors[k * n + k] = 1
  const enough = matrix.reduce((sum, value) => sum + value * value, 0) * 1e-28
  for (let sweep = 0; sweep < MOST_SWEEPS && offDiagonal(matrix, n) > enough; sweep++)
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotate(matrix, vectors, n, p, q)
  const order = Array.from({ length: n }, (_, k) => k).sort((a, b) => matrix[b * n + b] - matrix[a * n + a])
  const sorted = new Float64Array(n * n)
  order.forEach((from, to) => {
    sorted.set(vectors.subarray(from * n, (from + 1) * n), to * n)
  })
  return { values: Float64Array.from(order, (k) => matrix[k * n + k]), vectors: sorted }
}
