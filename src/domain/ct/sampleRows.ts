import type { AxisSampling } from './resampleAxis.ts'

/*
 * Trilinear resampling one axis after the other: rows of two slices are mixed, two such rows are mixed, and neighbours
 * along the row are mixed as the tensor is written. That is three mixes a voxel in place of seven, and every inner loop
 * walks its memory in order. The loops stand alone in small functions because the compiler optimises them so.
 */

/** Rows of the tensor that are written together: 32 float32 are two cache lines where the tensor runs down the columns. */
export const BAND_ROWS = 32

/**
 * Mixes a row of two slices, `table` giving the scaled value of a stored one.
 * @param stored the volume's int16 read as uint16
 * @param lower, upper where the row begins in either slice
 */
export function mixSlices(
  row: Float32Array,
  stored: Uint16Array,
  table: Float32Array,
  lower: number,
  upper: number,
  upperWeight: number,
  from: number,
  to: number,
): void {
  for (let n = from; n < to; n++) {
    const value = table[stored[lower + n]]
    row[n] = value + (table[stored[upper + n]] - value) * upperWeight
  }
}

/** Mixes two rows into row `place` of a band, which is stored column by column, BAND_ROWS values each. */
export function mixRows(
  band: Float32Array,
  place: number,
  lower: Float32Array,
  upper: Float32Array,
  upperWeight: number,
  from: number,
  to: number,
): void {
  for (let n = from, position = from * BAND_ROWS + place; n < to; n++, position += BAND_ROWS) {
    const value = lower[n]
    band[position] = value + (upper[n] - value) * upperWeight
  }
}

/** Where a band goes in the tensor: neighbours along the row and neighbours across rows lie these strides apart. */
export interface BandPlace {
  readonly start: number
  readonly columnStride: number
  readonly rowStride: number
  /** Rows of the band that are filled. */
  readonly rows: number
}

/** Mixes neighbouring columns of a band and writes it to the tensor, four rows at a time. */
export function writeBand(tensor: Float32Array, band: Float32Array, columns: AxisSampling, place: BandPlace): void {
  const { lower, upper, upperWeight } = columns
  const { start, columnStride, rowStride: step, rows } = place
  const inFours = rows - (rows % 4)
  for (let n = 0; n < lower.length; n++) {
    const weight = upperWeight[n]
    let l = lower[n] * BAND_ROWS
    let u = upper[n] * BAND_ROWS
    let p = start + n * columnStride
    const end = l + rows
    for (const last = l + inFours; l < last; l += 4, u += 4, p += 4 * step) {
      const a = band[l]
      const b = band[l + 1]
      const c = band[l + 2]
      const d = band[l + 3]
      tensor[p] = a + (band[u] - a) * weight
      tensor[p + step] = b + (band[u + 1] - b) * weight
      tensor[p + 2 * step] = c + (band[u + 2] - c) * weight
      tensor[p + 3 * step] = d + (band[u + 3] - d) * weight
    }
    for (; l < end; l++, u++, p += step) tensor[p] = band[l] + (band[u] - band[l]) * weight
  }
}
