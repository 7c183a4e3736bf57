import type { Volume } from '../volume/volume.ts'
import type { TrilinearInputSpec } from './ctInputSpec.ts'
import { BAND_ROWS, mixRows, mixSlices, writeBand } from './sampleRows.ts'
import type { TensorAxes, TensorAxis } from './tensorAxes.ts'

const INT16_VALUES = 65536

/** (clipped HU − huOffset) / huDivisor of every int16, by the int16 read as uint16. Clipping comes before mixing. */
export function toScaleTable({ huClip: [low, high], huOffset = 0, huDivisor }: TrilinearInputSpec): Float32Array {
  const table = new Float32Array(INT16_VALUES)
  for (let hu = -INT16_VALUES / 2; hu < INT16_VALUES / 2; hu++)
    table[hu & (INT16_VALUES - 1)] = (Math.max(low, Math.min(high, hu)) - huOffset) / huDivisor
  return table
}

/** The span of a row that is read: a crop leaves out both ends. */
function toReadSpan({ lower, upper }: TensorAxis['sampling']): readonly [from: number, to: number] {
  const ends = [lower[0], upper[0], lower[lower.length - 1], upper[upper.length - 1]]
  return [Math.min(...ends), Math.max(...ends) + 1]
}

/** Rows of the slice being mixed, by their number: the upper row of one step is mostly the lower one of the next. */
class MixedRows {
  readonly #rows: readonly [Float32Array, Float32Array]
  readonly #numbers = [-1, -1]

  constructor(
    length: number,
    private readonly mix: (row: Float32Array, number: number) => void,
  ) {
    this.#rows = [new Float32Array(length), new Float32Array(length)]
  }

  /** The row of this number; `kept` is the row that must not be overwritten. */
  get(number: number, kept: number): Float32Array {
    const found = this.#numbers.indexOf(number)
    if (found >= 0) return this.#rows[found]
    const free = this.#numbers[0] === kept ? 1 : 0
    this.#numbers[free] = number
    this.mix(this.#rows[free], number)
    return this.#rows[free]
  }
}

/**
 * Writes the resampled voxels of a volume into a tensor; padding is left as it is. The volume is read in its own memory
 * order, slice by slice; rows that no tensor voxel needs are not touched.
 * @param axes the tensor's axes, or a part of them
 * @param table of `toScaleTable`
 */
export function sampleVolume(tensor: Float32Array, volume: Volume, axes: TensorAxes, table: Float32Array): void {
  const [columns, rows, slices] = [0, 1, 2].map((grid) => axes.find(({ gridAxis }) => gridAxis === grid) as TensorAxis)
  if (axes.some(({ sampling }) => sampling.lower.length === 0)) return
  const { hu } = volume
  const stored = new Uint16Array(hu.buffer, hu.byteOffset, hu.length)
  const rowLength = volume.size[0]
  const sliceLength = rowLength * volume.size[1]
  const [from, to] = toReadSpan(columns.sampling)
  const band = new Float32Array(rowLength * BAND_ROWS)
  const { lower, upper, upperWeight, firstTarget } = slices.sampling
  for (let n = 0; n < lower.length; n++) {
    const mixed = new MixedRows(rowLength, (row, number) => {
      const start = number * rowLength
      mixSlices(
        row,
        stored,
        table,
        lower[n] * sliceLength + start,
        upper[n] * sliceLength + start,
        upperWeight[n],
        from,
        to,
      )
    })
    const start = (n + firstTarget) * slices.stride + columns.sampling.firstTarget * columns.stride
    writeSlice(tensor, band, mixed, { columns, rows, start, from, to })
  }
}

interface SlicePlace {
  readonly columns: TensorAxis
  readonly rows: TensorAxis
  /** Of its first column, in the tensor. */
  readonly start: number
  readonly from: number
  readonly to: number
}

/** One slice of the volume's own orientation, a band of rows at a time. */
function writeSlice(tensor: Float32Array, band: Float32Array, mixed: MixedRows, place: SlicePlace): void {
  const { columns, rows, start, from, to } = place
  const { lower, upper, upperWeight, firstTarget } = rows.sampling
  for (let first = 0; first < lower.length; first += BAND_ROWS) {
    const count = Math.min(BAND_ROWS, lower.length - first)
    for (let n = 0; n < count; n++) {
      const low = mixed.get(lower[first + n], upper[first + n])
      const high = mixed.get(upper[first + n], lower[first + n])
      mixRows(band, n, low, high, upperWeight[first + n], from, to)
    }
    writeBand(tensor, band, columns.sampling, {
      start: start + (first + firstTarget) * rows.stride,
      columnStride: columns.stride,
      rowStride: rows.stride,
      rows: count,
    })
  }
}
