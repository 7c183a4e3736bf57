/**
 * Solves a symmetric positive definite system by Cholesky's decomposition.
 * @param matrix `count`×`count`, row by row; its lower triangle is read
 * @returns null where the matrix is not positive definite
 */
export function solveSymmetric(matrix: Float64Array, right: Float64Array): Float64Array | null {
  const count = right.length
  const lower = new Float64Array(matrix.length)
  for (let row = 0; row < count; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = matrix[row * count + column]
      for (let n = 0; n < column; n++) rest -= lower[row * count + n] * lower[column * count + n]
      if (row !== column) lower[row * count + column] = rest / lower[column * count + column]
      else if (rest > 0) lower[row * count + row] = Math.sqrt(rest)
      else return null
    }
  }
  return substituteBack(lower, substitute(lower, right))
}

function substitute(lower: Float64Array, right: Float64Array): Float64Array {
  const count = right.length
  const out = Float64Array.from(right)
  for (let row = 0; row < count; row++) {
    for (let n = 0; n < row; n++) out[row] -= lower[row * count + n] * out[n]
    out[row] /= lower[row * count + row]
  }
  return out
}

function substituteBack(lower: Float64Array, right: Float64Array): Float64Array {
  const count = right.length
  const out = Float64Array.from(right)
  for (let row = count - 1; row >= 0; row--) {
    for (let n = row + 1; n < count; n++) out[row] -= lower[n * count + row] * out[n]
    out[row] /= lower[row * count + row]
  }
  return out
}
