import type { StudySession } from '../session/studySession.ts'
import { clearEvidence, type ShowEvidenceDeps } from './showEvidence.ts'

/**
 * Brings the views back to where they stood when an utterance began. False where that is not known, was in a case beside the
 * study, or is on screen since the utterance was chosen the last time.
 */
export function goBackToSpeech(
  deps: Pick<ShowEvidenceDeps, 'screen' | 'viewer'>,
  study: StudySession,
  utteranceId: string,
): boolean {
  const place = study.state.dictation.utterances.find(({ id }) => id === utteranceId)?.place
  if (!place || place.studyId !== undefined || study.shownSpeechOf === utteranceId) return false
  clearEvidence(deps, study)
  deps.viewer.setCrosshair(place.pointLpsMm)
  study.shownSpeechOf = utteranceId
  return true
}
