import * as v from 'valibot'
import { MEASURE_COLORS, MEASURE_KINDS, type Measure } from '../domain/measure/measure.ts'
import { NODULE_KINDS } from '../domain/nodule/noduleReading.ts'
import { LEAST_SLAB_MM, MOST_SLAB_MM, SLAB_MODES } from '../domain/slab/slab.ts'

/** Version of the rows that this code writes; one of a higher version is left as it is. */
const ROW_VERSION = 1

export type MeasureRow = Measure & { readonly version: number }

const coordinate = v.pipe(v.number(), v.finite())
const point = v.strictTuple([coordinate, coordinate, coordinate])
const text = v.pipe(v.string(), v.minLength(1))
const POINTS = {
  length: 2,
  bidirectional: 4,
  ellipse: 2,
  rectangle: 2,
  angle: 3,
  probe: 1,
  arrow: 2,
  nodule: 4,
} as const

/** Wrong HU are worse than none, so a slab that cannot be read loses the measure. */
export const slabSchema = v.object({
  mode: v.picklist(SLAB_MODES),
  thicknessMm: v.pipe(v.number(), v.minValue(LEAST_SLAB_MM), v.maxValue(MOST_SLAB_MM)),
})

const volumeMm3 = v.pipe(v.number(), v.finite(), v.gtValue(0))
const noduleSchema = v.object({
  kind: v.picklist(NODULE_KINDS),
  volumeMm3,
  coreMm3: v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0))),
  meanHu: coordinate,
  sliceMm: v.pipe(v.number(), v.finite(), v.gtValue(0)),
  axes: v.strictTuple([point, point, point, point]),
  border: v.pipe(
    v.object({
      originLpsMm: point,
      stepMm: v.pipe(v.number(), v.finite(), v.gtValue(0)),
      size: point,
      shares: v.instance(Uint8Array),
    }),
    v.check(({ size: [nx, ny, nz], shares }) => shares.length === nx * ny * nz),
  ),
})

const row = v.pipe(
  v.object({
    version: v.literal(ROW_VERSION),
    id: text,
    studyId: text,
    createdAtMs: v.pipe(v.number(), v.finite(), v.minValue(0)),
    kind: v.picklist(MEASURE_KINDS),
    plane: v.object({ right: point, up: point }),
    points: v.array(point),
    slab: v.optional(slabSchema),
    nodule: v.optional(noduleSchema),
    label: v.fallback(v.string(), ''),
    color: v.fallback(v.picklist(MEASURE_COLORS), 'yellow'),
    tie: v.fallback(v.nullable(v.object({ kind: v.picklist(['finding', 'utterance']), id: text })), null),
  }),
  v.check(({ kind, nodule }) => (kind === 'nodule') === (nodule !== undefined)),
  v.check(({ kind, points }) => (kind === 'freehand' ? points.length >= 3 : points.length === POINTS[kind])),
)

/** The measure of a stored row, or null where it cannot be read. */
export function parseMeasureRow(stored: unknown): Measure | null {
  const parsed = v.safeParse(row, stored)
  if (!parsed.success) return null
  const { version: _, ...measure } = parsed.output
  return measure
}

export const toMeasureRow = (measure: Measure): MeasureRow => ({ ...measure, version: ROW_VERSION })
