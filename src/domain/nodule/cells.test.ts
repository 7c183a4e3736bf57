import { expect, it } from 'vitest'
import { connectedTo, distanceTo, median } from './cells.ts'

it('gives each cell its distance from the nearest marked one, as looking at all of them does', () => {
  const size = [7, 5, 6] as const
  const marked = new Uint8Array(210)
  for (const at of [3, 88, 140, 209]) marked[at] = 1
  const toPlace = (at: number) => [at % 7, Math.floor(at / 7) % 5, Math.floor(at / 35)]
  const distances = distanceTo(marked, size)
  for (let at = 0; at < 210; at++) {
    const away = [3, 88, 140, 209].map((one) => Math.hypot(...toPlace(one).map((n, axis) => n - toPlace(at)[axis])))
    expect(distances[at]).toBeCloseTo(Math.min(...away), 4)
  }
})

it('finds nothing near where nothing is marked', () => {
  expect(Math.min(...distanceTo(new Uint8Array(27), [3, 3, 3]))).toBeGreaterThan(1e5)
})

it('joins cells by faces, not by corners', () => {
  const mask = Uint8Array.from([1, 1, 0, 0, 0, 1, 1, 0, 1])
  expect(Array.from(connectedTo(mask, [3, 3, 1], 0))).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 0])
})

it('has no median of nothing', () => {
  expect(median([])).toBeNaN()
  expect(median([3, 1, 2, 10])).toBe(2.5)
})
