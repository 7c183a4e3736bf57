import * as v from 'valibot'
import { fromFloatText, toFloatText } from '../../../base/floatText.ts'
import { failure, type Result, success } from '../../../base/result.ts'
import { type LibraryCase, libraryCaseSchema } from '../../model/manifest.ts'
import { scoreCases } from '../rankCases.ts'

/*
 * What is sent to a library on a server, and what it answers; training/voxct/library/search_wire.py holds the other side, and
 * fixtures/search a request with its answer, by which both are tested.
 */

/** Most cases that a gateway gives at once. */
export const MOST_CASES = 256

/** Everything that leaves the device: which encoder, how many cases, and the embedding as base64 of float32. */
export const toSearchText = (query: Float32Array, encoder: string, count: number): string =>
  JSON.stringify({ format: 'voxct-search/1', encoder, count, embedding: toFloatText(query) })

const cosine = v.pipe(v.number(), v.minValue(-1.001), v.maxValue(1.001))
const range = <T extends v.GenericSchema>(item: T) => v.nullable(v.object({ from: item, to: item }))

const answer = v.object({
  format: v.literal('voxct-answer/1'),
  encoder: v.string(),
  size: v.pipe(v.number(), v.integer(), v.minValue(0)),
  chanceCosine: v.nullable(cosine),
  leastCosine: v.nullable(cosine),
  facets: v.object({
    labels: v.boolean(),
    sexes: v.array(v.picklist(['female', 'male', 'other'])),
    ageYears: range(v.number()),
    date: range(v.pipe(v.string(), v.isoDate())),
  }),
  cases: v.pipe(
    v.array(
      v.object({
        score: cosine,
        embedding: v.pipe(
          v.string(),
          v.transform(fromFloatText),
          v.custom<Float32Array>((found) => found instanceof Float32Array, 'is not base64 of float32'),
        ),
        case: libraryCaseSchema,
      }),
    ),
    v.maxLength(MOST_CASES),
  ),
})

export interface RemoteCase {
  readonly found: LibraryCase
  readonly cosine: number
  readonly embedding: Float32Array
}

export interface RemoteAnswer extends Omit<v.InferOutput<typeof answer>, 'cases'> {
  /** Best first. */
  readonly cases: readonly RemoteCase[]
}

/** How far a server's cosine may be from ours, and an embedding's length from 1. */
const TOLERANCE = 1e-3

/** Sent with this query, of this pack's findings. */
export interface Expected {
  readonly query: Float32Array
  readonly encoder: string
  readonly findingCount: number
}

function whyWrong({ encoder, cases }: v.InferOutput<typeof answer>, expected: Expected): string | null {
  const { query } = expected
  if (encoder !== expected.encoder) return 'its embeddings are of another model'
  if (cases.some(({ embedding }) => embedding.length !== query.length)) return 'an embedding has another length'
  if (cases.some(({ case: { labels } }) => labels && labels.length !== expected.findingCount))
    return `a case has not the ${expected.findingCount} labels of this model`
  if (cases.some(({ embedding }) => Math.abs(Math.hypot(...embedding) - 1) > TOLERANCE))
    return 'an embedding is not unit'
  const isOff = cases.some(({ embedding, score }) => Math.abs(scoreCases(query, embedding)[0] - score) > TOLERANCE)
  return isOff ? 'a score is not the cosine of its embedding' : null
}

/** What a server answered, checked; the cosines are our own. Problem: `library-server-answer`. */
export function readAnswer(text: unknown, expected: Expected): Result<RemoteAnswer> {
  const refuse = (reason: string) =>
    failure({
      code: 'library-server-answer',
      message: `its answer cannot be used: ${reason}`,
      nextStep: 'Whoever runs this site can look into it.',
    })
  const parsed = v.safeParse(answer, text, { abortEarly: true })
  if (!parsed.success) return refuse(`${v.getDotPath(parsed.issues[0]) ?? 'it'}: ${parsed.issues[0].message}`)
  const wrong = whyWrong(parsed.output, expected)
  if (wrong) return refuse(wrong)
  const cases = parsed.output.cases.map(
    ({ case: found, embedding }): RemoteCase => ({
      found,
      embedding,
      cosine: scoreCases(expected.query, embedding)[0],
    }),
  )
  return success({ ...parsed.output, cases: cases.sort((a, b) => b.cosine - a.cosine) })
}
