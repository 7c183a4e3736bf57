import { describe, expect, it } from 'vitest'
import { scoreByReading } from './saidScore.ts'

/** Two findings and "nothing" in five dimensions; the prototypes lean on one another, their duals do not. */
const PROTOTYPES = [
  [1, 0, 0, 0, 0],
  [0.6, 0.8, 0, 0, 0],
  [0.5, 0, 0.9, 0, 0],
  [0, 0.7, 0, 0.7, 0],
  [0.4, 0, 0.3, 0, 0.8],
]

function toInverseTransposed(rows: number[][]): Float32Array {
  const n = rows.length
  const work = rows.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))])
  for (let c = 0; c < n; c++) {
    const pivot = work.findIndex((row, r) => r >= c && Math.abs(row[c]) > 1e-9)
    ;[work[c], work[pivot]] = [work[pivot], work[c]]
    work[c] = work[c].map((value) => value / work[c][c])
    for (let r = 0; r < n; r++) if (r !== c) work[r] = work[r].map((value, j) => value - work[r][c] * work[c][j])
  }
  return Float32Array.from(rows.flatMap((_, i) => rows.map((_, j) => work[j][n + i])))
}

/** Unit embedding of the mixture with these weights; "nothing" always has weight 1. */
function toEmbedding(weights: number[]): Float32Array {
  const raw = [0, 1, 2, 3, 4].map((axis) => [...weights, 1].reduce((sum, w, k) => sum + w * PROTOTYPES[k][axis], 0))
  const length = Math.hypot(...raw)
  return Float32Array.from(raw, (value) => value / length)
}

describe('scoreByReading', () => {
  const score = scoreByReading({ vectors: toInverseTransposed(PROTOTYPES), dimension: 5 })

  it('gives back the weights of the mixture whatever else was said', () => {
    const embedding = toEmbedding([0.9, 0.05, 0.1, 0.7])
    expect(score(embedding, 0)).toBeCloseTo(0.9, 5)
    expect(score(embedding, 1)).toBeCloseTo(-0.7, 5)
  })

  it('keeps to −1 … 1 and reads nothing from an embedding without the mixture', () => {
    expect(score(toEmbedding([1.4, 0, 0, 0]), 0)).toBe(1)
    expect(score(Float32Array.of(0, 0, 0, 0, -1), 0)).toBe(0)
  })
})
