import { assert } from '../../../base/assert.ts'
import { DOT_ROWS_WASM } from './dotRowsWasm.ts'

/** Numbers that the kernel takes at once. */
const LANE = 16
const PAGE_BYTES = 65_536
const MOST_INT8 = 127
const MOST_INT16 = 32_767
const MOST_INT32 = 2 ** 31 - 1

type DotRows = (rows: number, count: number, width: number, query: number, out: number) => void

const upTo = (value: number, step: number): number => Math.ceil(value / step) * step

function largest(values: Float32Array): number {
  let most = 0
  for (let n = 0; n < values.length; n++) most = Math.max(most, Math.abs(values[n]))
  return most
}

let compiled: WebAssembly.Module | null = null

function startKernel(memory: WebAssembly.Memory): DotRows {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(DOT_ROWS_WASM), (letter) => letter.charCodeAt(0)))
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports.dotRows as DotRows
}

/**
 * Vectors in 8 bits, each with a scale of its own, for a first look at a library that is too large for float32: a million of
 * 512 numbers are 512 MB. A number is off by half a step at most, 1/254 of its row's largest, and a score by no more than that
 * times the sum of the query's magnitudes. Those who need the true score read it from the vectors themselves.
 */
export class Int8Rows {
  readonly #memory: WebAssembly.Memory
  readonly #dotRows: DotRows
  readonly #scales: Float32Array
  /** Numbers of a row with the zeros that fill the kernel's lanes. */
  readonly #width: number

  /** Throws RangeError where the browser has no such memory. */
  constructor(
    readonly size: number,
    readonly dimension: number,
  ) {
    this.#width = upTo(dimension, LANE)
    const bytes = size * this.#width + this.#width * 2 + size * 4
    this.#memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) })
    this.#dotRows = startKernel(this.#memory)
    this.#scales = new Float32Array(size)
  }

  /** @param rows float32 [n, dimension], the vectors from place `first` on */
  set(first: number, rows: Float32Array): void {
    const { dimension } = this
    assert(rows.length % dimension === 0 && first + rows.length / dimension <= this.size, 'rows beside the library')
    for (let n = 0; n < rows.length / dimension; n++)
      this.#setRow(first + n, rows.subarray(n * dimension, (n + 1) * dimension))
  }

  #setRow(place: number, row: Float32Array): void {
    const most = largest(row)
    const scale = most > 0 ? MOST_INT8 / most : 0
    const kept = new Int8Array(this.#memory.buffer, place * this.#width, this.dimension)
    for (let n = 0; n < row.length; n++) kept[n] = Math.round(row[n] * scale)
    this.#scales[place] = scale > 0 ? 1 / scale : 0
  }

  /** Inner product of the query with every row, near enough to choose those that are looked at again. float32 [size] */
  score(query: Float32Array): Float32Array {
    assert(query.length === this.dimension, `query of ${query.length} numbers for rows of ${this.dimension}`)
    const most = largest(query)
    const scores = new Float32Array(this.size)
    if (most === 0) return scores
    // The largest whole numbers whose products with a row cannot leave int32.
    const step = Math.min(MOST_INT16, Math.floor(MOST_INT32 / (MOST_INT8 * this.#width))) / most
    const queryAt = this.size * this.#width
    const asked = new Int16Array(this.#memory.buffer, queryAt, this.dimension)
    for (let n = 0; n < query.length; n++) asked[n] = Math.round(query[n] * step)
    const outAt = queryAt + this.#width * 2
    this.#dotRows(0, this.size, this.#width, queryAt, outAt)
    const products = new Int32Array(this.#memory.buffer, outAt, this.size)
    for (let n = 0; n < scores.length; n++) scores[n] = (products[n] * this.#scales[n]) / step
    return scores
  }
}
