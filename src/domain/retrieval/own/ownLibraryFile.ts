import * as v from 'valibot'
import { fromByteText, fromFloatText, toByteText, toFloatText } from '../../../base/floatText.ts'
import { failure, type Problem, type Result, success } from '../../../base/result.ts'
import { encoderKey, foreignEncoder, parseJson } from '../../findings/taught/ownFile.ts'
import type { EncoderKey } from '../../findings/taught/ownFinding.ts'
import type { OwnCase } from './ownCase.ts'

/** A library of one's own as a file: embeddings, labels and small pictures of its cases, no scans. */
export interface OwnLibraryFile {
  readonly format: 'voxct-library'
  readonly version: 1
  readonly of: EncoderKey
  readonly library: string
  readonly cases: readonly object[]
}

const time = v.pipe(v.number(), v.finite(), v.minValue(0))
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))
const side = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(512))
const named = v.array(v.object({ id: name, label: name }))

const thumbnail = v.pipe(
  v.object({ width: side, height: side, grey: v.pipe(v.string(), v.transform(fromByteText), v.instance(Uint8Array)) }),
  v.check(({ width, height, grey }) => grey.length === width * height, 'a picture of another size'),
)

const ownCase = v.object({
  id: v.pipe(v.string(), v.regex(/^case-[\w-]{1,64}$/)),
  studyId: name,
  patient: name,
  title: name,
  where: v.pipe(v.string(), v.maxLength(500)),
  sex: v.nullable(v.picklist(['female', 'male', 'other'])),
  ageYears: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(150))),
  present: named,
  absent: named,
  embedding: v.pipe(
    v.string(),
    v.transform(fromFloatText),
    v.instance(Float32Array, 'no base64 of finite float32 numbers'),
  ),
  thumbnail: v.nullable(thumbnail),
  seed: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
  createdAtMs: time,
})

const file = v.object({
  format: v.literal('voxct-library'),
  version: v.literal(1),
  of: encoderKey,
  library: name,
  cases: v.pipe(v.array(ownCase), v.minLength(1)),
})

export const toLibraryFile = (of: EncoderKey, library: string, cases: readonly OwnCase[]): OwnLibraryFile => ({
  format: 'voxct-library',
  version: 1,
  of,
  library,
  cases: cases.map(({ of: _, library: __, embedding, thumbnail: picture, ...rest }) => ({
    ...rest,
    embedding: toFloatText(embedding),
    thumbnail: picture && { ...picture, grey: toByteText(picture.grey) },
  })),
})

const unreadable = (fileName: string, reason: string): Problem => ({
  code: 'library-file-invalid',
  message: `${fileName} holds no library of one’s own: ${reason}.`,
  nextStep: 'Choose a file that “Export” of a library has saved.',
})

/** How far a vector's length may be from 1: float32, and no more. */
const UNIT_TOLERANCE = 1e-3

/**
 * The cases of such a file. Problems name the file: `library-file-invalid`, and `own-file-of-another-model` where its embeddings
 * were made by another encoder than the one in use.
 */
export function readLibraryFile(
  fileName: string,
  text: string,
  here: EncoderKey,
  dimension: number,
): Result<readonly OwnCase[]> {
  const parsed = v.safeParse(file, parseJson(text), { abortEarly: true })
  if (!parsed.success) {
    const [issue] = parsed.issues
    return failure(unreadable(fileName, `${v.getDotPath(issue) ?? 'it'}: ${issue.message}`))
  }
  const { of, library, cases } = parsed.output
  if (of.encoder !== here.encoder || of.packId !== here.packId)
    return failure(foreignEncoder(fileName, 'The cases', of, here))
  const wrong = cases.find(({ embedding }) => embedding.length !== dimension)
  if (wrong) return failure(unreadable(fileName, `an embedding of ${wrong.embedding.length} numbers, not ${dimension}`))
  if (cases.some(({ embedding }) => Math.abs(Math.hypot(...embedding) - 1) > UNIT_TOLERANCE))
    return failure(unreadable(fileName, 'an embedding that is not of length 1'))
  return success(cases.map((one) => ({ ...one, of: here, library })))
}
