import type { UtteranceItem } from './appState.ts'
import type { SliceAccess } from './store.ts'

export interface DictationSetters {
  /** Deletes an utterance and keeps it for `restoreUtterance`. Null when there is none of this id. */
  removeUtterance(utteranceId: string): UtteranceItem | null
  /** Puts the utterance deleted last back where it stood. Null when there is none. */
  restoreUtterance(): UtteranceItem | null
}

export function createDictationSetters({ get, patch }: SliceAccess): DictationSetters {
  return {
    removeUtterance(utteranceId) {
      const { utterances, playingUtteranceId } = get().dictation
      const index = utterances.findIndex((item) => item.id === utteranceId)
      if (index < 0) return null
      patch('dictation', {
        utterances: utterances.toSpliced(index, 1),
        lastRemoved: { item: utterances[index], index },
        playingUtteranceId: playingUtteranceId === utteranceId ? null : playingUtteranceId,
      })
      return utterances[index]
    },
    restoreUtterance() {
      const { utterances, lastRemoved } = get().dictation
      if (!lastRemoved) return null
      const { item, index } = lastRemoved
      patch('dictation', { utterances: utterances.toSpliced(index, 0, item), lastRemoved: null })
      return item
    },
  }
}
