import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import wabt from 'wabt'
import { openEmbeddings } from '../embeddings.ts'
import { scoreCases, toBestIndices } from '../rankCases.ts'
import { DOT_ROWS_WASM } from './dotRowsWasm.ts'
import { Int8Rows } from './int8Rows.ts'

/** Unit rows whose variance falls along the axes as that of embeddings does (the n-th axis has 1/n of the first's). */
function drawRows(count: number, dimension: number, seed: number): Float32Array {
  let state = seed
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  }
  const rows = new Float32Array(count * dimension)
  for (let row = 0; row < count; row++) {
    const values = rows.subarray(row * dimension, (row + 1) * dimension)
    for (let n = 0; n < dimension; n++) values[n] = (next() + next() + next()) / Math.sqrt(n + 1)
    const length = Math.hypot(...values)
    for (let n = 0; n < dimension; n++) values[n] /= length
  }
  return rows
}

it('runs what its source compiles to', async () => {
  const source = readFileSync(resolve(import.meta.dirname, 'dotRows.wat'), 'utf8')
  const module = (await wabt()).parseWat('dotRows.wat', source, { simd: true })
  module.validate()
  expect(Buffer.from(module.toBinary({}).buffer).toString('base64')).toBe(DOT_ROWS_WASM)
})

it.each([1, 15, 16, 100, 512, 2048])('a score of %i numbers is off by half a step a number at most', (dimension) => {
  const rows = drawRows(50, dimension, 3)
  const [query] = [drawRows(1, dimension, 5)]
  const kept = new Int8Rows(50, dimension)
  kept.set(0, rows.subarray(0, 20 * dimension))
  kept.set(20, rows.subarray(20 * dimension))
  const exact = scoreCases(query, rows)
  const total = query.reduce((sum, value) => sum + Math.abs(value), 0)
  kept.score(query).forEach((score, place) => {
    const row = rows.subarray(place * dimension, (place + 1) * dimension)
    const most = row.reduce((high, value) => Math.max(high, Math.abs(value)), 0)
    // The query's own steps: half of one in 32,767 (8,258 at 2,048 numbers) of its largest.
    const ownSteps = (Math.max(...query.map(Math.abs)) / 16_000) * row.reduce((sum, value) => sum + Math.abs(value), 0)
    expect(Math.abs(score - exact[place])).toBeLessThanOrEqual((total * most) / 254 + ownSteps + 1e-6)
  })
})

it('scores a row of zeros, and any row by a query of zeros, with nought', () => {
  const kept = new Int8Rows(2, 16)
  kept.set(1, drawRows(1, 16, 1))
  expect([...kept.score(drawRows(1, 16, 1))].map((score) => Number(score.toFixed(2)))).toEqual([0, 1])
  expect([...kept.score(new Float32Array(16))]).toEqual([0, 0])
})

it('finds the ten nearest among its first hundred, read once more from the file', async () => {
  const [size, dimension, queries] = [20_000, 128, 50]
  const rows = drawRows(size, dimension, 11)
  const embeddings = await openEmbeddings(new Blob([rows.buffer as ArrayBuffer]), dimension)
  expect(embeddings.size).toBe(size)
  let found = 0
  for (let n = 0; n < queries; n++) {
    const query = drawRows(1, dimension, 1000 + n)
    const exact = scoreCases(query, rows)
    const looked = toBestIndices(embeddings.score(query), 100)
    const scores = await embeddings.rescore(query, looked)
    expect([...scores]).toEqual(looked.map((place) => exact[place]))
    const nearest = toBestIndices(scores, 10).map((at) => looked[at])
    found += toBestIndices(exact, 10).filter((place) => nearest.includes(place)).length
  }
  expect(found / (10 * queries)).toBeGreaterThanOrEqual(0.999)
})
