import * as v from 'valibot'
import { failure, type Result, success } from '../../base/result.ts'

/*
 * public/models/packs.json: the packs that the app offers, written by training/. Each id is the folder beside the list
 * that holds the pack, and the id in its manifest. The first is the default.
 */

const packEntry = v.object({
  id: v.pipe(v.string(), v.regex(/^[\w-]+$/)),
  /** Short, for a menu. */
  title: v.pipe(v.string(), v.minLength(1), v.maxLength(60)),
  /** One line on what it is. */
  line: v.pipe(v.string(), v.maxLength(200)),
  /** What is downloaded where there is no GPU. */
  bytes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
})

const packListSchema = v.object({
  schema: v.literal('voxct-packs/1'),
  packs: v.pipe(
    v.array(packEntry),
    v.minLength(1),
    v.check((packs) => new Set(packs.map(({ id }) => id)).size === packs.length, 'has an id twice'),
  ),
})

export type PackEntry = v.InferOutput<typeof packEntry>

/** Problem: `packs-invalid`; the message names the first wrong field. */
export function parsePackList(json: unknown): Result<readonly PackEntry[]> {
  const parsed = v.safeParse(packListSchema, json, { abortEarly: true })
  if (parsed.success) return success(parsed.output.packs)
  const [issue] = parsed.issues
  return failure({
    code: 'packs-invalid',
    message: `The list of model packs is not valid: ${v.getDotPath(issue) ?? 'packs.json'}: ${issue.message}.`,
    nextStep: 'Copy models/packs.json to the server once more; the first pack is used until then.',
  })
}
