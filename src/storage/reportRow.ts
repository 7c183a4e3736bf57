import * as v from 'valibot'
import type { ReportEntry } from '../domain/dictatedReport/reportEntry.ts'
import { SECTION_IDS } from '../domain/dictatedReport/reportSections.ts'

/** Version of the rows that this code writes; one of a higher version is left as it is. */
const ROW_VERSION = 1

export type ReportRow = ReportEntry & { readonly version: number }

const text = v.pipe(v.string(), v.minLength(1))
const section = v.picklist(SECTION_IDS)
const kept = {
  version: v.literal(ROW_VERSION),
  id: text,
  studyId: text,
  createdAtMs: v.pipe(v.number(), v.finite(), v.minValue(0)),
}

const row = v.variant('kind', [
  v.object({
    ...kept,
    kind: v.literal('said'),
    utteranceId: text,
    index: v.pipe(v.number(), v.integer(), v.minValue(0)),
    from: v.string(),
    text: v.nullable(text),
    section: v.fallback(v.nullable(section), null),
    isRemoved: v.boolean(),
  }),
  v.object({
    ...kept,
    kind: v.literal('written'),
    origin: v.variant('by', [
      v.object({ by: v.literal('typed') }),
      v.object({ by: v.literal('template'), name: text }),
      v.object({
        by: v.literal('accepted'),
        findingId: text,
        probability: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
        place: v.fallback(v.string(), ''),
      }),
      v.object({ by: v.literal('measured'), measureId: text, place: v.fallback(v.string(), '') }),
    ]),
    section,
    text,
    from: v.string(),
    afterUtteranceId: v.fallback(v.nullable(text), null),
  }),
  v.object({
    ...kept,
    kind: v.literal('bound'),
    utteranceId: text,
    measureId: text,
    place: v.fallback(v.string(), ''),
  }),
  v.object({
    ...kept,
    kind: v.literal('answer'),
    alertId: text,
    answer: v.picklist(['accepted', 'rejected', 'ignored']),
    reason: v.fallback(v.string(), ''),
  }),
  v.object({
    ...kept,
    kind: v.literal('signed'),
    text: v.string(),
    of: v.fallback(
      v.optional(
        v.nullable(v.object({ patient: text, studyDate: v.nullable(v.string()), study: v.nullable(v.string()) })),
        null,
      ),
      null,
    ),
  }),
])

/** The entry of a stored row, or null where it cannot be read. */
export function parseReportRow(stored: unknown): ReportEntry | null {
  const parsed = v.safeParse(row, stored)
  if (!parsed.success) return null
  const { version: _, ...entry } = parsed.output
  return entry
}

export const toReportRow = (entry: ReportEntry): ReportRow => ({ ...entry, version: ROW_VERSION })
