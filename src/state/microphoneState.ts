import type { Problem } from '../base/result.ts'

export type MicrophoneStatus = 'off' | 'starting' | 'listening' | 'speaking' | 'failed'

/** The level of the microphone changes 15 times a second and is not here but in the read-outs (readout.ts). */
export interface MicrophoneState {
  readonly status: MicrophoneStatus
  /** The talk key or button is held. */
  readonly pushToTalk: boolean
  readonly playingUtteranceId: string | null
  /** Why nothing can be heard. */
  readonly problem: Problem | null
}
