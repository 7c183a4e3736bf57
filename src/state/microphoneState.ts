import type { Problem } from '../base/result.ts'

export type MicrophoneStatus = 'off' | 'starting' | 'listening' | 'speaking' | 'failed'

/** What is being said, before it is an utterance: shown, and nothing else. */
export interface LiveText {
  /** The study that it is about. */
  readonly studyId: string
  /** What will not change any more, and what may. */
  readonly settled: string
  readonly unsettled: string
}

/** The level of the microphone changes 15 times a second and is not here but in the read-outs (readout.ts). */
export interface MicrophoneState {
  readonly status: MicrophoneStatus
  /** The talk key or button is held. */
  readonly pushToTalk: boolean
  readonly playingUtteranceId: string | null
  readonly live: LiveText | null
  /** Why nothing can be heard. */
  readonly problem: Problem | null
}
