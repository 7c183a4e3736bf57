import type { AppState } from './appState.ts'
import { selectRead } from './selectors.ts'
import { isCommanding } from './voiceState.ts'

/** What the microphone and those behind it are at, in one word: the colour at the edge of the dictation. */
export type Listening = 'off' | 'trouble' | 'asleep' | 'command' | 'hearing' | 'thinking' | 'listening'

/** Only the wake phrase is looked for: what is said is heard by nobody else and kept nowhere. */
export const isAsleep = ({ voice }: Pick<AppState, 'voice'>): boolean => voice.isAsleep

export function selectListening(state: AppState): Listening {
  const { status, fault, pushToTalk } = state.microphone
  if (status === 'waiting' || status === 'failed') return 'trouble'
  const isOn = status === 'listening' || status === 'speaking'
  if (isOn && fault) return 'trouble'
  if (isOn && isAsleep(state) && !pushToTalk && !state.voice.isHeld) return 'asleep'
  if (isOn && isCommanding(state)) return 'command'
  if (status === 'speaking') return 'hearing'
  const isThinking =
    state.voice.isThinking || selectRead(state).dictation.utterances.some((one) => one.phase === 'encoding')
  if (isThinking) return 'thinking'
  return isOn ? 'listening' : 'off'
}
