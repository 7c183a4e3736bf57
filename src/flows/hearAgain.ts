import type { Problem } from '../base/result.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import { applyEdits } from '../domain/statements/edits.ts'
import type { LoadedPack } from '../session/loadedPack.ts'
import type { PackSession } from '../session/packSession.ts'
import type { StudySession } from '../session/studySession.ts'
import { changeItem, failUtterance, type HearUtteranceDeps, hearUtterance, toStatements } from './hearUtterance.ts'
import { SPEECH_NOT_IN_PACK } from './offerPacks.ts'
import { type WriteDownDeps, writeDown } from './writeDown.ts'

export const SPEECH_MISSING: Problem = {
  code: 'speech-missing',
  message: 'The speech model is not loaded, so the utterance was kept but not heard.',
  nextStep: 'Choose "Load models again" on the model page.',
}

/** What was said, by the prompts and thresholds of this pack; embeddings of the same encoder stay what they are. */
function scoreAgain(study: StudySession, pack: LoadedPack): void {
  const utterances = study.state.dictation.utterances.map((item) => {
    const heard = study.heard.get(item.id)
    return heard ? { ...item, statements: toStatements(pack, heard, item) } : item
  })
  study.show('dictation', { utterances })
}

/** Utterances of a pack with another encoder: their embeddings mean nothing to this one, so they wait to be heard. */
export function forgetEmbeddings(study: StudySession): void {
  study.heard.clear()
  const utterances = study.state.dictation.utterances.map((item) =>
    item.phase === 'ready' ? { ...item, phase: 'encoding' as const } : item,
  )
  study.show('dictation', { utterances })
}

/** Those that still wait where nothing will hear them: their audio stays, with the reason. */
export function failWaiting(deps: HearUtteranceDeps, study: StudySession): void {
  for (const { id, phase } of study.state.dictation.utterances)
    if (phase === 'encoding') failUtterance(deps, study, id, SPEECH_MISSING)
}

function markUnheard(study: StudySession): void {
  for (const { id, edits } of study.state.dictation.utterances)
    changeItem(study, id, { phase: 'failed', statements: applyEdits([], edits), problem: SPEECH_NOT_IN_PACK })
}

/** Those that an earlier pack could not hear are no failures while this one has not tried. */
function awaitFailed(study: StudySession): void {
  for (const { id, phase } of study.state.dictation.utterances)
    if (phase === 'failed' && study.utterances.has(id)) changeItem(study, id, { phase: 'encoding', problem: null })
}

/**
 * Brings the utterances of a study up to this pack: those with an embedding are scored again, all others (restored,
 * spoken meanwhile, of another encoder) are encoded, and written down where that is still to come; `onWritten`: as far as they will be. Goes on when another study is read; ends when the pack changes.
 */
export async function hearAgain(
  deps: HearUtteranceDeps & WriteDownDeps,
  session: PackSession,
  study: StudySession,
  onWritten: (utterance: Utterance) => void,
): Promise<void> {
  const { pack, signal } = session
  if (!pack.manifest.speech) return markUnheard(study)
  scoreAgain(study, pack)
  if (!deps.screen.get().model.speechReady) return failWaiting(deps, study)
  awaitFailed(study)
  for (const { id } of study.state.dictation.utterances) {
    if (signal.aborted || study.signal.aborted) return
    const utterance = study.utterances.get(id)
    if (!utterance || study.beingHeard.get(id) === session) continue
    if (!study.heard.has(id)) await hearUtterance(deps, session, study, utterance)
    void writeDown(deps, session, study, utterance).then(() => onWritten(utterance))
  }
}
