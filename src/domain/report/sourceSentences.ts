import type { ReportSentence } from '../dictatedReport/reportEntry.ts'
import type { ReadMeasure } from '../measure/readMeasure.ts'
import type { Statement } from '../statements/statement.ts'
import type { StudyPlace } from '../study/openStudy.ts'
import type { SourcedSentence } from './sentenceItem.ts'

/** An utterance as far as its sentences' codes need it. */
export interface SaidBehind {
  readonly id: string
  readonly statements: readonly Statement[]
  readonly place: StudyPlace | null
}

/** Share of a clause's words that must stand in the sentence which states it: numbers and units are written otherwise than they are said. */
const LEAST_SHARED = 0.6

const toWords = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

/** Share of a clause's words that stand in a sentence, 0…1. */
function toShared(words: string | null, { text }: ReportSentence): number {
  const clause = toWords(words ?? '')
  const there = new Set(toWords(text))
  return clause.filter((word) => there.has(word)).length / Math.max(1, clause.length)
}

/** Statements that a sentence makes among those of its utterance: each belongs to the sentence that has most of its clause. */
function pickStatements(
  sentence: ReportSentence,
  siblings: readonly ReportSentence[],
  statements: readonly Statement[],
) {
  const own = statements.filter(({ findingId }) => sentence.findingIds.includes(findingId))
  if (siblings.length === 1) return own
  return own.filter(({ words }) => {
    const shared = toShared(words, sentence)
    return shared >= LEAST_SHARED && siblings.every((one) => toShared(words, one) <= shared)
  })
}

/**
 * What stands behind each sentence. Words that a person has changed, or that are no longer said, state what they state: no code, number or slice of
 * what they came from goes with them.
 */
export function sourceSentences(
  sentences: readonly ReportSentence[],
  utterances: readonly SaidBehind[],
  measures: readonly ReadMeasure[],
): SourcedSentence[] {
  return sentences.map((sentence): SourcedSentence => {
    const { origin, original, isOutdated, measureId } = sentence
    const isAsItCame = original === null && !isOutdated
    const none = { sentence, statements: [], place: null, measure: null }
    if (!isAsItCame) return none
    const measure = measures.find((one) => one.measure.id === measureId) ?? null
    if (origin.by === 'measured') return { ...none, measure }
    const said = origin.by === 'said' && utterances.find(({ id }) => id === origin.utteranceId)
    if (!said) return none
    const siblings = sentences.filter((one) => one.origin.by === 'said' && one.origin.utteranceId === said.id)
    const statements = pickStatements(sentence, siblings, said.statements)
    return { ...none, measure, statements, place: said.place?.studyId === undefined ? said.place : null }
  })
}
