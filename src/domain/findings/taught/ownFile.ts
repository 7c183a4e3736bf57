import * as v from 'valibot'
import { fromFloatText, toFloatText } from '../../../base/floatText.ts'
import { failure, type Problem, type Result, success } from '../../../base/result.ts'
import { findingId } from '../../model/manifestFiles.ts'
import { type EncoderKey, isOwnId, type OwnFinding } from './ownFinding.ts'

/** Findings of one's own as a file, with the embeddings of their examples: no pixels, no names of patients. */
export interface OwnFindingsFile {
  readonly format: 'voxct-findings'
  readonly version: 1
  readonly of: EncoderKey
  readonly findings: readonly object[]
}

const time = v.pipe(v.number(), v.finite(), v.minValue(0))
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))

export const encoderKey = v.object({ packId: name, packTitle: v.string(), encoder: v.pipe(v.string(), v.minLength(1)) })

const vector = v.pipe(
  v.string(),
  v.transform(fromFloatText),
  v.instance(Float32Array, 'no base64 of finite float32 numbers'),
)

const example = v.object({
  studyId: name,
  patient: name,
  isPresent: v.boolean(),
  embedding: vector,
  place: v.optional(v.nullable(vector), null),
  markedAtMs: time,
})

const finding = v.object({
  id: v.pipe(findingId, v.check(isOwnId, 'not an id of a finding of one’s own')),
  label: name,
  synonyms: v.array(name),
  prompt: v.nullable(v.object({ text: name, positive: vector, negative: vector })),
  examples: v.array(example),
  createdAtMs: time,
})

const file = v.object({
  format: v.literal('voxct-findings'),
  version: v.literal(1),
  of: encoderKey,
  findings: v.pipe(v.array(finding), v.minLength(1)),
})

export const toOwnFile = (of: EncoderKey, findings: readonly OwnFinding[]): OwnFindingsFile => ({
  format: 'voxct-findings',
  version: 1,
  of,
  findings: findings.map(({ of: _, prompt, examples, ...rest }) => ({
    ...rest,
    prompt: prompt && {
      text: prompt.text,
      positive: toFloatText(prompt.positive),
      negative: toFloatText(prompt.negative),
    },
    examples: examples.map(({ embedding, place, ...one }) => ({
      ...one,
      embedding: toFloatText(embedding),
      place: place && toFloatText(place),
    })),
  })),
})

export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const unreadable = (fileName: string, reason: string): Problem => ({
  code: 'own-file-invalid',
  message: `${fileName} holds no findings of one’s own: ${reason}.`,
  nextStep: 'Choose a file that “Export” of your findings has saved.',
})

/** Names both models; digits of the hash where two packs have one name. */
export const foreignEncoder = (fileName: string, what: string, of: EncoderKey, here: EncoderKey): Problem => ({
  code: 'own-file-of-another-model',
  message: `${what} in ${fileName} were made by the model ${describeEncoder(of)}; the model in use is ${describeEncoder(here)}. The embeddings of one mean nothing to the other.`,
  nextStep: 'Choose the model that they belong to, then import the file again.',
})

const describeEncoder = ({ packId, packTitle, encoder }: EncoderKey): string =>
  `“${packTitle || packId}” (${packId}, encoder ${encoder.slice(0, 8)})`

/**
 * The findings of such a file. Problems name the file: `own-file-invalid`, and `own-file-of-another-model` where its
 * embeddings were made by another encoder than the one in use.
 * @param dimension of the embeddings of the encoder in use
 */
export function readOwnFile(
  fileName: string,
  text: string,
  here: EncoderKey,
  dimension: number,
): Result<readonly OwnFinding[]> {
  const parsed = v.safeParse(file, parseJson(text), { abortEarly: true })
  if (!parsed.success) {
    const [issue] = parsed.issues
    return failure(unreadable(fileName, `${v.getDotPath(issue) ?? 'it'}: ${issue.message}`))
  }
  const { of, findings } = parsed.output
  if (of.encoder !== here.encoder || of.packId !== here.packId)
    return failure(foreignEncoder(fileName, 'The findings', of, here))
  const vectors = findings.flatMap(({ prompt, examples }) => [
    ...examples.flatMap(({ embedding, place }) => (place ? [embedding, place] : [embedding])),
    ...(prompt ? [prompt.positive, prompt.negative] : []),
  ])
  const wrong = vectors.find(({ length }) => length !== dimension)
  if (wrong) return failure(unreadable(fileName, `an embedding of ${wrong.length} numbers, not ${dimension}`))
  return success(findings.map((one) => ({ ...one, of: here })))
}
