import { assert } from '../../../base/assert.ts'

/** P = σ(offset + Σ weights · x). */
export interface Logistic {
  readonly weights: readonly number[]
  readonly offset: number
}

export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit))

/** Solves A x = b for a symmetric positive definite A [n][n] (Cholesky). */
function solve(matrix: readonly number[][], right: readonly number[]): number[] {
  const n = right.length
  const lower = matrix.map((row) => row.map(() => 0))
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i][j]
      for (let k = 0; k < j; k++) rest -= lower[i][k] * lower[j][k]
      assert(i !== j || rest > 0, 'the normal equations of a penalised fit are positive definite')
      lower[i][j] = i === j ? Math.sqrt(rest) : rest / lower[j][j]
    }
  }
  const x = [...right]
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= lower[i][k] * x[k]
    x[i] /= lower[i][i]
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= lower[k][i] * x[k]
    x[i] /= lower[i][i]
  }
  return x
}

const MOST_STEPS = 100

/** Gradient and Hessian of the penalised loss at (weights…, offset): the offset is not penalised. */
function toDerivatives(
  at: readonly number[],
  x: readonly (readonly number[])[],
  y: readonly boolean[],
  each: number[],
) {
  const size = at.length
  const gradient = at.map((value, n) => (n < size - 1 ? value : 0))
  const hessian = at.map((_, i) => at.map((__, j) => (i === j && i < size - 1 ? 1 : 0)))
  x.forEach((row, n) => {
    const features = [...row, 1]
    const p = sigmoid(features.reduce((sum, value, k) => sum + value * at[k], 0))
    const error = each[n] * (p - (y[n] ? 1 : 0))
    const bend = each[n] * p * (1 - p)
    for (let i = 0; i < size; i++) {
      gradient[i] += error * features[i]
      for (let j = 0; j < size; j++) hessian[i][j] += bend * features[i] * features[j]
    }
  })
  return { gradient, hessian }
}

function toLoss(
  at: readonly number[],
  x: readonly (readonly number[])[],
  y: readonly boolean[],
  each: number[],
): number {
  const penalty = at.slice(0, -1).reduce((sum, value) => sum + value * value, 0) / 2
  return x.reduce((sum, row, n) => {
    const logit = [...row, 1].reduce((total, value, k) => total + value * at[k], 0)
    const margin = y[n] ? logit : -logit
    // log(1 + e^−m), without an overflow.
    return sum + each[n] * (margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin)
  }, penalty)
}

/**
 * Logistic regression with the penalty ½ Σ w² (C = 1), both classes weighted alike: n / (2 · count of the class). Newton's
 * method with halved steps; the loss is strictly convex as long as both classes are there.
 * @param x features of each example
 */
export function fitLogistic(x: readonly (readonly number[])[], y: readonly boolean[]): Logistic {
  const present = y.filter(Boolean).length
  assert(present > 0 && present < y.length, 'examples of both classes')
  const each = y.map((isPresent) => y.length / (2 * (isPresent ? present : y.length - present)))
  let at = new Array<number>(x[0].length + 1).fill(0)
  for (let step = 0; step < MOST_STEPS; step++) {
    const { gradient, hessian } = toDerivatives(at, x, y, each)
    if (Math.hypot(...gradient) < 1e-10) break
    const change = solve(hessian, gradient)
    const before = toLoss(at, x, y, each)
    let share = 1
    const moved = () => at.map((value, n) => value - share * change[n])
    while (share > 1e-6 && toLoss(moved(), x, y, each) > before + 1e-12) share /= 2
    at = moved()
  }
  return { weights: at.slice(0, -1), offset: at[at.length - 1] }
}
