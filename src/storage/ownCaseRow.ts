import * as v from 'valibot'
import type { OwnCase } from '../domain/retrieval/own/ownCase.ts'

/** Version of the rows that this code writes; one of a higher version is left as it is. */
const ROW_VERSION = 1

export type OwnCaseRow = OwnCase & { readonly version: number }

const text = v.pipe(v.string(), v.minLength(1))
const number = v.pipe(v.number(), v.finite(), v.minValue(0))
const named = v.array(v.object({ id: text, label: text }))

const row = v.object({
  version: v.literal(ROW_VERSION),
  id: text,
  library: text,
  of: v.object({ packId: text, packTitle: v.string(), encoder: text }),
  studyId: text,
  patient: text,
  title: text,
  where: v.string(),
  sex: v.nullable(v.picklist(['female', 'male', 'other'])),
  ageYears: v.nullable(number),
  present: named,
  absent: named,
  embedding: v.pipe(
    v.instance(Float32Array),
    v.check((values) => values.length > 0 && values.every(Number.isFinite)),
  ),
  thumbnail: v.nullable(
    v.pipe(
      v.object({ width: number, height: number, grey: v.instance(Uint8Array) }),
      v.check(({ width, height, grey }) => grey.length === width * height),
    ),
  ),
  seed: v.nullable(number),
  createdAtMs: number,
})

/** The case of a stored row, or null where it cannot be read. */
export function parseOwnCaseRow(stored: unknown): OwnCase | null {
  const parsed = v.safeParse(row, stored)
  if (!parsed.success) return null
  const { version: _, ...one } = parsed.output
  return one
}

export const toOwnCaseRow = (one: OwnCase): OwnCaseRow => ({ ...one, version: ROW_VERSION })
