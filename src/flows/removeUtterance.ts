import type { StudySession } from '../session/studySession.ts'
import type { DictationJournal } from './dictationJournal.ts'

/** Takes an utterance out of timeline and journal, for `undoRemoveUtterance` to bring back. False when there is none. */
export function removeUtterance(journal: DictationJournal, study: StudySession, utteranceId: string): boolean {
  const { utterances } = study.state.dictation
  const index = utterances.findIndex((item) => item.id === utteranceId)
  if (index < 0) return false
  journal.remove(utteranceId)
  study.show('dictation', {
    utterances: utterances.toSpliced(index, 1),
    lastRemoved: { item: utterances[index], index },
  })
  return true
}

/** Puts the utterance removed last back where it stood. False when there is none. */
export function undoRemoveUtterance(journal: DictationJournal, study: StudySession): boolean {
  const { utterances, lastRemoved } = study.state.dictation
  const utterance = lastRemoved && study.utterances.get(lastRemoved.item.id)
  if (!lastRemoved || !utterance) return false
  journal.put(study.id, lastRemoved.item, utterance)
  study.show('dictation', {
    utterances: utterances.toSpliced(lastRemoved.index, 0, lastRemoved.item),
    lastRemoved: null,
  })
  return true
}
