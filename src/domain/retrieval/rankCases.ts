import { assert } from '../../base/assert.ts'

/**
 * Cosine of a unit query with every case.
 * @param library unit embeddings, float32 [cases, dimension]
 * @returns float32 [cases]
 */
export function scoreCases(query: Float32Array, library: Float32Array): Float32Array {
  const dimension = query.length
  assert(library.length % dimension === 0, `library of ${library.length} numbers for dimension ${dimension}`)
  const scores = new Float32Array(library.length / dimension)
  for (let index = 0, at = 0; index < scores.length; index++) {
    let sum = 0
    for (let n = 0; n < dimension; n++) sum += query[n] * library[at++]
    scores[index] = sum
  }
  return scores
}

/**
 * Indices of the `count` highest scores, best first, ties by their place. Sorting the bare numbers for the score that is
 * just good enough spares an object a case: 50,000 take a few milliseconds.
 */
export function toBestIndices(scores: Float32Array, count: number): number[] {
  const wanted = Math.min(count, scores.length)
  if (wanted === 0) return []
  const lowest = scores.slice().sort()[scores.length - wanted]
  const better: number[] = []
  const equal: number[] = []
  for (let n = 0; n < scores.length; n++) {
    if (scores[n] > lowest) better.push(n)
    else if (scores[n] === lowest) equal.push(n)
  }
  return [...better.sort((a, b) => scores[b] - scores[a] || a - b), ...equal].slice(0, wanted)
}
