import * as v from 'valibot'
import type { OwnFinding } from '../domain/findings/taught/ownFinding.ts'

/** Version of the rows that this code writes; one of a higher version is left as it is. */
const ROW_VERSION = 1

export type OwnFindingRow = OwnFinding & { readonly version: number }

const vector = v.pipe(
  v.instance(Float32Array),
  v.check((values) => values.length > 0 && values.every(Number.isFinite)),
)
const time = v.pipe(v.number(), v.finite(), v.minValue(0))
const text = v.pipe(v.string(), v.minLength(1))

const row = v.object({
  version: v.literal(ROW_VERSION),
  id: text,
  of: v.object({ packId: text, packTitle: v.string(), encoder: text }),
  label: text,
  synonyms: v.array(v.string()),
  prompt: v.nullable(v.object({ text, positive: vector, negative: vector })),
  examples: v.array(
    v.object({
      studyId: text,
      patient: text,
      isPresent: v.boolean(),
      embedding: vector,
      place: v.optional(v.nullable(vector), null),
      markedAtMs: time,
    }),
  ),
  createdAtMs: time,
})

/** The finding of a stored row, or null where it cannot be read. */
export function parseOwnFindingRow(stored: unknown): OwnFinding | null {
  const parsed = v.safeParse(row, stored)
  if (!parsed.success) return null
  const { version: _, ...finding } = parsed.output
  return finding
}

export const toOwnFindingRow = (finding: OwnFinding): OwnFindingRow => ({ ...finding, version: ROW_VERSION })
