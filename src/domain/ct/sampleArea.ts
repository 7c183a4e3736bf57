import type { Volume } from '../volume/volume.ts'
import type { AreaSampling } from './areaAxis.ts'
import type { AreaInputSpec } from './ctInputSpec.ts'
import type { TensorAxes, TensorAxis } from './tensorAxes.ts'

/*
 * Means one axis after the other: layers of the volume into a plane, its rows into a row, neighbours in the row into the
 * tensor. A plane is all the memory beside it. The loops stand alone in small functions because the compiler optimises
 * them so.
 */

type AreaAxis = TensorAxis<AreaSampling>

/** Stored indices from first to last that an axis reads. */
interface Span {
  readonly first: number
  readonly length: number
}

function toSpan({ offsets, sources }: AreaSampling): Span {
  let first = Number.POSITIVE_INFINITY
  let last = -1
  for (let e = offsets[0]; e < offsets[offsets.length - 1]; e++) {
    first = Math.min(first, sources[e])
    last = Math.max(last, sources[e])
  }
  return { first, length: last - first + 1 }
}

/** Adds a weighted piece of a layer, rows and columns of the spans, to the plane. */
function addLayer(
  plane: Float32Array,
  { hu, size }: Volume,
  k: number,
  weight: number,
  rows: Span,
  columns: Span,
): void {
  let at = 0
  for (let j = rows.first; j < rows.first + rows.length; j++) {
    let from = (k * size[1] + j) * size[0] + columns.first
    for (const end = at + columns.length; at < end; at++, from++) plane[at] += weight * hu[from]
  }
}

function addRow(row: Float32Array, plane: Float32Array, start: number, weight: number): void {
  for (let n = 0; n < row.length; n++) row[n] += weight * plane[start + n]
}

/** Where a row goes in the tensor: its first voxel, and how far apart its neighbours lie. */
interface RowPlace {
  readonly start: number
  readonly stride: number
  /** Stored index of the row's first value. */
  readonly first: number
}

/** Means of neighbours, clipped and scaled: clipping comes after averaging here. */
function writeRow(
  tensor: Float32Array,
  row: Float32Array,
  columns: AreaSampling,
  place: RowPlace,
  spec: AreaInputSpec,
) {
  const { offsets, sources, weights } = columns
  const [low, high] = spec.huClip
  const offset = spec.huOffset ?? 0
  for (let n = 0, at = place.start; n < offsets.length - 1; n++, at += place.stride) {
    let mean = 0
    for (let e = offsets[n]; e < offsets[n + 1]; e++) mean += weights[e] * row[sources[e] - place.first]
    tensor[at] = (Math.min(Math.max(mean, low), high) - offset) / spec.huDivisor
  }
}

/**
 * Writes the means of a volume into a tensor, every voxel of it. The volume is read layer by layer in its own memory order.
 * @param axes the tensor's axes, or a part of them
 */
export function sampleArea(
  tensor: Float32Array,
  volume: Volume,
  axes: TensorAxes<AreaSampling>,
  spec: AreaInputSpec,
): void {
  const [columns, rows, layers] = [0, 1, 2].map((grid) => axes.find(({ gridAxis }) => gridAxis === grid) as AreaAxis)
  const spans = { rows: toSpan(rows.sampling), columns: toSpan(columns.sampling) }
  const plane = new Float32Array(spans.rows.length * spans.columns.length)
  const { offsets, sources, weights } = layers.sampling
  for (let n = 0; n < offsets.length - 1; n++) {
    plane.fill(0)
    for (let e = offsets[n]; e < offsets[n + 1]; e++)
      addLayer(plane, volume, sources[e], weights[e], spans.rows, spans.columns)
    writePlane(tensor, plane, { rows, columns, start: n * layers.stride, spans }, spec)
  }
}

interface PlanePlace {
  readonly rows: AreaAxis
  readonly columns: AreaAxis
  /** Of its first voxel, in the tensor. */
  readonly start: number
  readonly spans: { readonly rows: Span; readonly columns: Span }
}

function writePlane(tensor: Float32Array, plane: Float32Array, place: PlanePlace, spec: AreaInputSpec): void {
  const { rows, columns, start, spans } = place
  const row = new Float32Array(spans.columns.length)
  const { offsets, sources, weights } = rows.sampling
  for (let n = 0; n < offsets.length - 1; n++) {
    row.fill(0)
    for (let e = offsets[n]; e < offsets[n + 1]; e++)
      addRow(row, plane, (sources[e] - spans.rows.first) * spans.columns.length, weights[e])
    const at = { start: start + n * rows.stride, stride: columns.stride, first: spans.columns.first }
    writeRow(tensor, row, columns.sampling, at, spec)
  }
}
