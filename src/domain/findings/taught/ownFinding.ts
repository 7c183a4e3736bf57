import type { FindingId } from '../finding.ts'
import type { OwnedVector } from './judgeExamples.ts'

/** What made embeddings: they mean nothing to another encoder. */
export interface EncoderKey {
  readonly packId: string
  readonly packTitle: string
  /** Hash of trunk, head and the rules of their input (`domain/model/encoderKey.ts`). */
  readonly encoder: string
}

/** A scan that a reader has marked as showing the finding, or as not showing it. */
export interface OwnExample extends OwnedVector {
  /** Salted id of the study; one study has one mark. */
  readonly studyId: string
  /** Of the place that was marked; null: the scan as a whole was. */
  readonly place: Float32Array | null
  readonly markedAtMs: number
}

/** Words in place of examples: the embeddings of "{text} is present." and "{text} is not present." */
export interface OwnPrompt {
  readonly text: string
  readonly positive: Float32Array
  readonly negative: Float32Array
}

/** A finding that a reader has taught or asked for. It is never one of the pack's. */
export interface OwnFinding {
  readonly id: FindingId
  readonly of: EncoderKey
  readonly label: string
  /** Other words for it, by which it is heard in what is said. */
  readonly synonyms: readonly string[]
  readonly prompt: OwnPrompt | null
  readonly examples: readonly OwnExample[]
  readonly createdAtMs: number
}

const OWN_PREFIX = 'own-'
const ID_WORD_LETTERS = 40

/** An id that a pack's finding may have as well: of the letters of the label and `suffix`. */
export function toOwnId(label: string, suffix: string): FindingId {
  const words = label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return `${OWN_PREFIX}${words.slice(0, ID_WORD_LETTERS) || 'finding'}-${suffix}`
}

export const isOwnId = (id: FindingId): boolean => id.startsWith(OWN_PREFIX)

/** The mark takes the place of an earlier one of the same study. */
export const withExample = (finding: OwnFinding, example: OwnExample): OwnFinding => ({
  ...finding,
  examples: [...finding.examples.filter(({ studyId }) => studyId !== example.studyId), example],
})

export const withoutExample = (finding: OwnFinding, studyId: string): OwnFinding => ({
  ...finding,
  examples: finding.examples.filter((one) => one.studyId !== studyId),
})

export const countExamples = (examples: readonly OwnExample[]): { present: number; absent: number } => {
  const present = examples.filter(({ isPresent }) => isPresent).length
  return { present, absent: examples.length - present }
}

/** What was marked last of each study, whichever of the two knows it. */
export function joinExamples(one: readonly OwnExample[], other: readonly OwnExample[]): OwnExample[] {
  const byStudy = new Map<string, OwnExample>()
  for (const example of [...one, ...other]) {
    const known = byStudy.get(example.studyId)
    if (!known || known.markedAtMs <= example.markedAtMs) byStudy.set(example.studyId, example)
  }
  return [...byStudy.values()].sort((a, b) => a.markedAtMs - b.markedAtMs)
}
