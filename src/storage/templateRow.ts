import * as v from 'valibot'
import { type OwnTemplate, templateFields } from '../domain/dictatedReport/ownTemplate.ts'

/** Version of the rows that this code writes; one of a higher version is left as it is. */
const ROW_VERSION = 1

export type TemplateRow = OwnTemplate & { readonly version: number }

const row = v.object({
  version: v.literal(ROW_VERSION),
  id: v.pipe(v.string(), v.minLength(1)),
  createdAtMs: v.pipe(v.number(), v.finite(), v.minValue(0)),
  ...templateFields,
})

/** The template of a stored row, or null where it cannot be read. */
export function parseTemplateRow(stored: unknown): OwnTemplate | null {
  const parsed = v.safeParse(row, stored)
  if (!parsed.success) return null
  const { version: _, ...template } = parsed.output
  return template
}

export const toTemplateRow = (template: OwnTemplate): TemplateRow => ({ ...template, version: ROW_VERSION })
