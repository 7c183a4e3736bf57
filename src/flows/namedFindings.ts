import type { FindingId } from '../domain/findings/finding.ts'
import type { QuerySource } from '../domain/retrieval/query.ts'
import { readTranscript } from '../domain/statements/transcript/readTranscript.ts'
import { toHeardWords } from '../domain/statements/transcript/tokens.ts'
import type { LoadedPack } from '../session/loadedPack.ts'
import type { StudySession } from '../session/studySession.ts'
import type { UtteranceItem } from '../state/appState.ts'

/** What words name as a finding of the pack, whatever they say of it. */
export const findNamed = ({ vocabulary }: Pick<LoadedPack, 'vocabulary'>, text: string): FindingId[] => [
  ...new Set(readTranscript(toHeardWords(text), vocabulary).readings.map(({ findingId }) => findingId)),
]

/** What words name without denying it. */
export const findAffirmed = ({ vocabulary }: Pick<LoadedPack, 'vocabulary'>, text: string): FindingId[] => [
  ...new Set(
    readTranscript(toHeardWords(text), vocabulary)
      .readings.filter(({ status }) => status === 'present' || status === 'uncertain')
      .map(({ findingId }) => findingId),
  ),
]

const toPresent = (utterances: readonly UtteranceItem[]): FindingId[] => [
  ...new Set(
    utterances.flatMap(({ statements }) =>
      statements.filter(({ status }) => status === 'present').map(({ findingId }) => findingId),
    ),
  ),
]

/**
 * Findings that a part of a query is about: named, or said to be there. Of a scan and a place none are: what is seen there is
 * a matter of degree.
 */
export function toNamedFindings(pack: LoadedPack, study: StudySession, source: QuerySource): FindingId[] {
  const { utterances } = study.state.dictation
  switch (source.kind) {
    case 'finding':
    case 'statement':
      return [source.findingId]
    case 'utterance':
      return toPresent(utterances.filter(({ id }) => id === source.utteranceId))
    case 'dictation':
      return toPresent(utterances)
    case 'text':
      return findNamed(pack, source.text)
    default:
      return []
  }
}
