import type { LoadedPack } from '../session/loadedPack.ts'
import type { PackSession } from '../session/packSession.ts'
import type { StudySession } from '../session/studySession.ts'
import type { QuerySource } from '../state/appState.ts'
import { findAffirmed } from './namedFindings.ts'

/** Score of the finding that an embedding states most firmly, affirmed or denied, 0…1. */
const toFirmest = ({ manifest, saidScore }: LoadedPack, embedding: Float32Array): number =>
  Math.max(...manifest.findings.map((_, n) => Math.abs(saidScore(embedding, n))), 0)

/** Whether the embedding of a typed sentence says nothing that the pack knows. */
export function isSilent(pack: LoadedPack, embedding: Float32Array): boolean {
  const least = pack.manifest.text?.leastScore
  return least !== undefined && toFirmest(pack, embedding) < least
}

/** Its embedding says nothing, and its words name no finding ("effusion" alone is too short a sentence for a text tower). */
function isTypedSilent({ pack, textEmbeddings }: PackSession, text: string): boolean {
  const embedding = textEmbeddings.get(text)
  return embedding !== undefined && isSilent(pack, embedding) && findAffirmed(pack, text).length === 0
}

/** Whether no window of an utterance says anything: then its embedding ranks the cases by chance. */
export function isSoundSilent({ pack }: PackSession, study: StudySession, utteranceId: string): boolean {
  const heard = study.heard.get(utteranceId)
  const least = pack.manifest.speech?.leastScore
  if (!heard || least === undefined) return false
  return heard.windows.every(({ embedding }) => toFirmest(pack, embedding) < least)
}

/** Neither its words state anything, nor does any of its windows. */
function isSpokenSilent(session: PackSession, study: StudySession, utteranceId: string): boolean {
  const item = study.state.dictation.utterances.find(({ id }) => id === utteranceId)
  return item !== undefined && item.statements.length === 0 && isSoundSilent(session, study, utteranceId)
}

/** Whether what was typed or said says nothing that the pack knows: its embedding would rank the cases by chance. */
export function saysNothing(session: PackSession, study: StudySession, source: QuerySource): boolean {
  const { utterances } = study.state.dictation
  if (source.kind === 'text') return isTypedSilent(session, source.text)
  if (source.kind === 'utterance') return isSpokenSilent(session, study, source.utteranceId)
  const heard = utterances.filter(({ id }) => study.heard.has(id))
  return source.kind === 'dictation' && heard.length > 0 && heard.every(({ id }) => isSpokenSilent(session, study, id))
}
