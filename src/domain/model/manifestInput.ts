import * as v from 'valibot'
import { count } from './manifestFiles.ts'

/*
 * How a scan becomes the CT encoder's input: a schema for each way of resampling. A field of the other way is refused, since a
 * pack that gives it expects something that would not be done.
 */

const positive = v.pipe(v.number(), v.gtValue(0))

/** A field that belongs to another way of resampling. */
const absent = v.optional(v.never())

const ofEvery = {
  /** Axes of the tensor, slowest first, each named by the direction in which its index increases. */
  axisCodes: v.picklist(['SLP', 'SPL', 'SAR', 'SRA']),
  shape: v.tuple([count, count, count]),
  huClip: v.tuple([v.number(), v.number()]),
  /** Value = (HU − huOffset) / huDivisor; absent: 0. */
  huOffset: v.optional(v.number()),
  huDivisor: v.pipe(v.number(), v.notValue(0)),
}

/** To a spacing, then cropped and padded about the centre to `shape`. */
const trilinear = v.object({
  ...ofEvery,
  interpolation: v.literal('trilinear'),
  spacingMm: v.tuple([positive, positive, positive]),
  sizeRounding: v.literal('truncate'),
  padValue: v.number(),
  cropRule: v.literal('centre'),
  foregroundHu: absent,
})

/** Cropped to what is above `foregroundHu`, then straight to `shape`, each voxel the mean of what it covers. */
const area = v.object({
  ...ofEvery,
  interpolation: v.literal('area'),
  /** The crop is the bounding box of every voxel above it. */
  foregroundHu: v.number(),
  spacingMm: absent,
  sizeRounding: absent,
  padValue: absent,
  cropRule: absent,
})

export const ctInput = v.variant('interpolation', [trilinear, area])
