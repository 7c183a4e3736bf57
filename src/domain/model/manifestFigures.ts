import * as v from 'valibot'
import { count, findingId, share } from './manifestFiles.ts'

/*
 * What a manifest tells of a pack's measured quality.
 */

/** Where a measured figure stands on the model page, in this order. */
export const FIGURE_GROUPS = [
  'ct-internal',
  'ct-external',
  'speech',
  'retrieval',
  'grounding',
  'calibration',
  'guard',
] as const

/** Lowest and highest: of a bootstrap interval (95 %), or of the seeds of one row. */
const span = v.tuple([v.number(), v.number()])

export const figure = v.object({
  name: v.string(),
  split: v.string(),
  n: v.pipe(v.number(), v.integer()),
  value: v.number(),
  /** 95 % interval over patients. */
  interval: v.optional(span),
  /** The same figure with labels shuffled. */
  chance: v.number(),
  /** Where the model page puts it; without it the name decides. */
  group: v.optional(v.picklist(FIGURE_GROUPS)),
  /** The one finding that it is about; without it the end of the name decides. */
  finding: v.optional(findingId),
  date: v.string(),
  command: v.string(),
})

/** Cases of like probability: what the model gave them on average and how many had the finding. */
export const reliabilityBin = v.object({ meanProbability: share, share, n: v.pipe(v.number(), v.integer()) })

const comparedFigure = v.object({ value: v.number(), interval: v.optional(span), range: v.optional(span) })
const comparedSplit = v.object({
  n: v.pipe(v.number(), v.integer()),
  auroc: v.optional(comparedFigure),
  f1: v.optional(comparedFigure),
})

/** The methods of the papers beside each other on the same cases. */
export const comparison = v.object({
  title: v.string(),
  note: v.optional(v.string()),
  rows: v.array(
    v.object({
      id: v.string(),
      title: v.string(),
      paper: v.string(),
      seeds: count,
      internal: comparedSplit,
      external: v.optional(comparedSplit),
      isThisPack: v.optional(v.boolean()),
    }),
  ),
})

export type Figure = v.InferOutput<typeof figure>
export type ReliabilityBin = v.InferOutput<typeof reliabilityBin>
export type Comparison = v.InferOutput<typeof comparison>
export type ComparedFigure = v.InferOutput<typeof comparedFigure>
