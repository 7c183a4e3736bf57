import type { Grid } from '../geometry/grid.ts'
import type { Vec3 } from '../volume/volume.ts'
import type { ContourPoints, ContourStack } from './structureSet/contourStack.ts'

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

/** What a segmentation lies over: images of a study (null: of any) in one frame of reference, or, where it names none, one study that it was laid over. */
export type Belonging =
  | { readonly kind: 'frame'; readonly studyUid: string | null; readonly frameOfReferenceUid: string }
  | { readonly kind: 'study'; readonly studyId: string }

export interface SegmentExtent {
  readonly number: number
  /** Null where it has no volume, or its thickness is not known. */
  readonly ml: number | null
  /** A place in it: of voxels one in the layer that has most of it, nearest to its middle there. */
  readonly pointLpsMm: Vec3
}

/**
 * Voxels of segments on their own grid, as they are stored: a binary frame's bits follow the former frame's without a gap, the least
 * first (PS3.5 8.1.1); fractions and labels take a byte, or two little endian.
 */
export interface SegmentVoxels {
  /** Columns, rows, layers. */
  readonly grid: Grid
  /** As stored. */
  readonly frames: readonly SegmentFrame[]
  readonly pixels: Uint8Array
  readonly bits: 1 | 8 | 16
  /** Stored value from which a fraction counts as inside: half of the whole. */
  readonly threshold: number
}

/** What was drawn of a region by hand. */
export interface Outline {
  readonly segment: number
  /** Null where there are single points alone. */
  readonly stack: ContourStack | null
  /** Points and open lines, of which the points are shown. */
  readonly points: readonly ContourPoints[]
}

/** Segments over a study: of a DICOM segmentation, a NIfTI label map or a DICOM structure set. */
export interface Segmentation {
  readonly kind: 'segmentation' | 'label map' | 'structure set'
  readonly path: string
  /** Tells it from others: its SOP Instance UID, or the id of its entry in the list of a drop. */
  readonly id: string
  readonly belongsTo: Belonging
  readonly name: string
  readonly segments: readonly Segment[]
  readonly parts: readonly SegmentVoxels[]
  /** Where they were drawn: in their planes they are shown instead of voxels. */
  readonly outlines: readonly Outline[]
  /** Of the segments that hold anything. */
  readonly extents: readonly SegmentExtent[]
}

/** The segment at a pixel of a frame; 0: none. */
export function segmentAt(
  { pixels, bits, frames, threshold, grid }: SegmentVoxels,
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
export function toFramesByLayer({ frames, grid }: SegmentVoxels): readonly (readonly number[])[] {
  const layers: number[][] = Array.from({ length: grid.size[2] }, () => [])
  frames.forEach(({ layer }, n) => {
    layers[layer].push(n)
  })
  return layers
}
