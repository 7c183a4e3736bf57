import type { Grid } from '../geometry/grid.ts'

export interface Segment {
  /** From 1, as frames and label maps name it. */
  readonly number: number
  readonly label: string
  /** sRGB, 0…255; null where the file recommends none. */
  readonly color: Rgb | null
}

export type Rgb = readonly [number, number, number]

/** One frame: of a segment (0: a label map, whose values are the segments) in a layer of the grid. */
export interface SegmentFrame {
  readonly layer: number
  readonly segment: number
}

/**
 * A DICOM segmentation on its own grid. Pixels stay as they are stored: a binary frame's bits follow the former frame's without a gap, the
 * least first (PS3.5 8.1.1); fractions and labels take a byte, or two little endian.
 */
export interface Segmentation {
  readonly path: string
  readonly sopInstanceUid: string
  readonly studyUid: string
  readonly frameOfReferenceUid: string
  readonly name: string
  readonly segments: readonly Segment[]
  /** Columns, rows, layers. */
  readonly grid: Grid
  /** As stored. */
  readonly frames: readonly SegmentFrame[]
  readonly pixels: Uint8Array
  readonly bits: 1 | 8 | 16
  /** Stored value from which a fraction counts as inside: half of the whole. */
  readonly threshold: number
}

/** The segment at a pixel of a frame; 0: none. */
export function segmentAt(
  { pixels, bits, frames, threshold, grid }: Segmentation,
  frame: number,
  pixel: number,
): number {
  const at = frame * grid.size[0] * grid.size[1] + pixel
  const value =
    bits === 1
      ? (pixels[at >> 3] >> (at & 7)) & 1
      : bits === 8
        ? pixels[at]
        : pixels[2 * at] | (pixels[2 * at + 1] << 8)
  const { segment } = frames[frame]
  if (segment === 0) return value
  return value >= threshold ? segment : 0
}

/** Indices of the frames of every layer. */
export function toFramesByLayer({ frames, grid }: Segmentation): readonly (readonly number[])[] {
  const layers: number[][] = Array.from({ length: grid.size[2] }, () => [])
  frames.forEach(({ layer }, n) => {
    layers[layer].push(n)
  })
  return layers
}
