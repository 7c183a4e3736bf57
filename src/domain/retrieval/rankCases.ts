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
 * Indices of the `count` highest scores, best first, ties by their place. The best so far lie in a heap whose top is the
 * least of them: of a million scores nearly all fail the one comparison with it.
 */
export function toBestIndices(scores: Float32Array, count: number): number[] {
  const wanted = Math.min(count, scores.length)
  const isWorse = (a: number, b: number) => scores[a] < scores[b] || (scores[a] === scores[b] && a > b)
  const heap: number[] = []
  for (let place = 0; place < scores.length; place++) {
    if (heap.length < wanted) siftUp(heap, place, isWorse)
    else if (wanted > 0 && scores[place] > scores[heap[0]]) siftDown(heap, place, isWorse)
  }
  return heap.sort((a, b) => scores[b] - scores[a] || a - b)
}

type IsWorse = (a: number, b: number) => boolean

/** Adds a place to a heap whose top is the worst. */
function siftUp(heap: number[], place: number, isWorse: IsWorse): void {
  let at = heap.push(place) - 1
  while (at > 0) {
    const parent = (at - 1) >> 1
    if (!isWorse(place, heap[parent])) break
    heap[at] = heap[parent]
    at = parent
  }
  heap[at] = place
}

/** Puts a place in the top's stead. */
function siftDown(heap: number[], place: number, isWorse: IsWorse): void {
  let at = 0
  for (let child = 1; child < heap.length; child = 2 * at + 1) {
    if (child + 1 < heap.length && isWorse(heap[child + 1], heap[child])) child++
    if (!isWorse(heap[child], place)) break
    heap[at] = heap[child]
    at = child
  }
  heap[at] = place
}
