import type { UtteranceItem } from '../state/appState.ts'
import type { DictationJournal } from './dictationJournal.ts'
import type { Heavy } from './heavy.ts'
import type { Screen } from './screen.ts'

export interface RemoveUtteranceDeps {
  readonly screen: Screen
  readonly heavy: Heavy
  readonly journal: DictationJournal
}

/** Takes an utterance out of timeline and journal, for `undoRemoveUtterance` to bring back. False when there is none. */
export function removeUtterance({ screen, journal }: RemoveUtteranceDeps, utteranceId: string): boolean {
  const { utterances } = screen.get().dictation
  const index = utterances.findIndex((item) => item.id === utteranceId)
  if (index < 0) return false
  journal.remove(utteranceId)
  screen.patch('dictation', {
    utterances: utterances.toSpliced(index, 1),
    lastRemoved: { item: utterances[index], index },
  })
  return true
}

/** Puts the utterance removed last back where it stood. Null when there is none. */
export function undoRemoveUtterance({ screen, journal, heavy }: RemoveUtteranceDeps): UtteranceItem | null {
  const { utterances, lastRemoved } = screen.get().dictation
  const studyId = screen.get().study.current?.id
  const utterance = lastRemoved && heavy.utterances.get(lastRemoved.item.id)
  if (!lastRemoved || !utterance) return null
  if (studyId !== undefined) journal.put(studyId, lastRemoved.item, utterance)
  screen.patch('dictation', {
    utterances: utterances.toSpliced(lastRemoved.index, 0, lastRemoved.item),
    lastRemoved: null,
  })
  return lastRemoved.item
}
