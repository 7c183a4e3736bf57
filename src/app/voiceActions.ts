import type { Commander } from '../commands/commander.ts'
import type { VoiceActions } from '../commands/voiceActions.ts'
import { toSpokenWords } from '../domain/voice/spokenWords.ts'
import type { Microphone } from '../microphone/microphone.ts'
import type { AppStore } from '../state/store.ts'

export interface VoiceActionDeps {
  readonly store: AppStore
  readonly microphone: Microphone
  readonly commander: Commander
}

/** Commands by voice: they need no study, since nothing of them is kept. */
export const createVoiceActions = ({ store, microphone, commander }: VoiceActionDeps): VoiceActions => ({
  startCommanding() {
    // A key that is held to talk has the microphone already.
    if (store.get().microphone.pushToTalk) return
    store.patch('voice', { isHeld: true })
    void microphone.startTalking('command')
  },
  stopCommanding() {
    if (!store.get().voice.isHeld) return
    store.patch('voice', { isHeld: false })
    void microphone.stopTalking()
  },
  setAsleep: (isAsleep) => store.patch('voice', { isAsleep }),
  setVoiceMode: (mode) => store.patch('voice', { mode }),
  // As it is compared: one word, lower case.
  setLeadingWord: (word) => store.patch('voice', { leadingWord: toSpokenWords(word)[0]?.word ?? '' }),
  answerVoice: (isYes) => commander.answer(isYes),
  dismissVoice: () => commander.dismiss(),
})
