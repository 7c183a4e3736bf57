import { Int8Rows } from './int8/int8Rows.ts'
import { scoreCases } from './rankCases.ts'

/** The unit vectors of a library, in memory or not. */
export interface Embeddings {
  readonly size: number
  /** Cosine with every case, float32 [size]; near enough to choose by, and true where `isExact`. */
  score(query: Float32Array): Float32Array
  readonly isExact: boolean
  /** The vector of one case, as it is stored. */
  row(place: number): Promise<Float32Array>
  /** The true cosines of some cases. */
  rescore(query: Float32Array, places: readonly number[]): Promise<Float32Array>
}

/** From so many cases on a first look in 8 bits is faster than float32 by more than the second look costs. */
const MOST_EXACT = 8192

function toInt8(rows: Float32Array, dimension: number): Int8Rows {
  const kept = new Int8Rows(rows.length / dimension, dimension)
  kept.set(0, rows)
  return kept
}

/** @param rows unit vectors, float32 [size, dimension] */
export function toEmbeddings(rows: Float32Array, dimension: number): Embeddings {
  const size = rows.length / dimension
  const near = size > MOST_EXACT ? toInt8(rows, dimension) : null
  return {
    size,
    isExact: near === null,
    score: (query) => near?.score(query) ?? scoreCases(query, rows),
    row: async (place) => rows.slice(place * dimension, (place + 1) * dimension),
    rescore: async (query, places) =>
      Float32Array.from(
        places,
        (place) => scoreCases(query, rows.subarray(place * dimension, (place + 1) * dimension))[0],
      ),
  }
}

/** Larger files stay where the browser keeps them: 250,000 vectors of 512 numbers. */
export const MOST_BYTES_IN_MEMORY = 2 ** 29

/** Rows read at once while a library is opened, and at most in one piece of the file later. */
const ROWS_A_READ = 8192

/**
 * Vectors that stay in a file: int8 in memory for the first look, single rows of the file for the true score.
 * @param file float32 [size, dimension], little-endian, unit rows
 */
export async function openEmbeddings(file: Blob, dimension: number): Promise<Embeddings> {
  const bytesOf = (count: number) => count * dimension * Float32Array.BYTES_PER_ELEMENT
  const size = file.size / bytesOf(1)
  const read = async (first: number, count: number) =>
    new Float32Array(await file.slice(bytesOf(first), bytesOf(first + count)).arrayBuffer())
  const rows = new Int8Rows(size, dimension)
  for (let first = 0; first < size; first += ROWS_A_READ)
    rows.set(first, await read(first, Math.min(ROWS_A_READ, size - first)))
  return {
    size,
    isExact: false,
    score: (query) => rows.score(query),
    row: (place) => read(place, 1),
    rescore: async (query, places) =>
      Float32Array.from(await Promise.all(places.map(async (place) => scoreCases(query, await read(place, 1))[0]))),
  }
}
