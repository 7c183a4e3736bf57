import type { StudySession } from '../session/studySession.ts'
import type { DictationJournal } from './dictationJournal.ts'

/** Takes an utterance that was none of the dictation out of timeline and journal, as if it had never been there: nothing brings it back. */
export function withdrawUtterance(journal: DictationJournal, study: StudySession, utteranceId: string): void {
  const utterances = study.state.dictation.utterances.filter(({ id }) => id !== utteranceId)
  study.show('dictation', { utterances })
  study.utterances.delete(utteranceId)
  study.heard.delete(utteranceId)
  journal.remove(utteranceId)
}
