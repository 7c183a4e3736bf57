import { expect, it } from 'vitest'
import { scoreCases, toBestIndices } from './rankCases.ts'

it('scores every case by its cosine', () => {
  const library = Float32Array.from([0, 1, 1, 0, 0.6, 0.8])
  expect([...scoreCases(Float32Array.from([1, 0]), library)]).toEqual([0, 1, Math.fround(0.6)])
})

it('gives the best first, ties by their place in the library, and cuts at the count', () => {
  expect(toBestIndices(Float32Array.from([0, 1, 0.6, 1, 0.6]), 3)).toEqual([1, 3, 2])
  expect(toBestIndices(Float32Array.from([0.5, 0.5, 0.5]), 2)).toEqual([0, 1])
  expect(toBestIndices(Float32Array.from([-0.2, 0.1]), 12)).toEqual([1, 0])
  expect(toBestIndices(new Float32Array(0), 12)).toEqual([])
})

it('orders 50,000 cases as a sort of them all would', () => {
  const scores = Float32Array.from({ length: 50_000 }, (_, n) => Math.sin(n * 12.9898) * 0.5)
  const sorted = [...scores.keys()].sort((a, b) => scores[b] - scores[a] || a - b)
  expect(toBestIndices(scores, 300)).toEqual(sorted.slice(0, 300))
})

it.each([1, 2, 3, 7, 100, 1000])('orders the best %i of scores with many ties', (count) => {
  const scores = Float32Array.from({ length: 1000 }, (_, n) => (n * 7919) % 13)
  const sorted = [...scores.keys()].sort((a, b) => scores[b] - scores[a] || a - b)
  expect(toBestIndices(scores, count)).toEqual(sorted.slice(0, count))
})
