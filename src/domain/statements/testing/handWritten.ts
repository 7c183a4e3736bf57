import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as v from 'valibot'

/* The sentences of fixtures/statements, which its README tells of. */

/** From the repository's root, where tests and commands run: a bundle of this file lies elsewhere. */
export const STATEMENTS_FOLDER = pathToFileURL(`${resolve('fixtures/statements')}/`)
export const HALVES = ['develop', 'held-out'] as const
const STATUSES = ['present', 'absent', 'uncertain', 'resolved'] as const

const index = v.pipe(v.number(), v.integer(), v.minValue(0))
const named = { finding: v.string(), status: v.picklist(STATUSES) }
const side = v.optional(v.picklist(['left', 'right', 'bilateral']))
const statement = v.strictObject({
  ...named,
  clause: v.union([index, v.pipe(v.array(index), v.minLength(2))]),
  side,
  lobe: v.optional(v.picklist(['upper', 'middle', 'lower', 'lingula'])),
  place: v.optional(v.pipe(v.string(), v.minLength(3))),
  size: v.optional(v.strictObject({ mm: v.pipe(v.number(), v.integer(), v.minValue(1)) })),
})
const clip = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)),
  kind: v.string(),
  clauses: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9 ,.?':-]*$/))), v.minLength(1)),
  statements: v.array(statement),
  tolerated: v.optional(v.array(v.strictObject({ ...named, side }))),
  retracted: v.optional(v.array(statement)),
})

/** One line of the set. */
export type HandWrittenClip = v.InferOutput<typeof clip>

/** Throws where a line is not of the form. */
export const readClips = (name: 'findings' | 'others' | 'reports'): HandWrittenClip[] =>
  readFileSync(new URL(`${name}.jsonl`, STATEMENTS_FOLDER), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => v.parse(clip, JSON.parse(line)))

export const readAllClips = (): HandWrittenClip[] => (['findings', 'others', 'reports'] as const).flatMap(readClips)

/** By the first hexadecimal digit of the SHA-256 of its id. */
export const toHalf = (id: string): (typeof HALVES)[number] =>
  HALVES[Number.parseInt(createHash('sha256').update(id).digest('hex').charAt(0), 16) % 2]
