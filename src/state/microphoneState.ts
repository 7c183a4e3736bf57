import type { Problem } from '../base/result.ts'

export type MicrophoneStatus = 'off' | 'starting' | 'listening' | 'speaking' | 'waiting' | 'failed'

/** What is being said, before it is an utterance: shown, and nothing else. */
export interface LiveText {
  /** The study that it is about. */
  readonly studyId: string
  /** What will not change any more, and what may. */
  readonly settled: string
  readonly unsettled: string
}

export interface MicrophoneOption {
  readonly id: string
  readonly label: string
}

/** A look at the microphone without recording: whether a voice is heard. */
export type MicrophoneTest = 'starting' | 'listening' | 'heard'

/** The level of the microphone changes 15 times a second and is not here but in the read-outs (readout.ts). */
export interface MicrophoneState {
  readonly status: MicrophoneStatus
  /** The talk key or button is held. */
  readonly pushToTalk: boolean
  readonly playingUtteranceId: string | null
  readonly live: LiveText | null
  /** Why nothing can be heard. */
  readonly problem: Problem | null
  /** What is wrong with the sound of the open microphone, as long as it is so. */
  readonly fault: Problem | null
  /** Those that may be chosen; none before the browser was allowed to name them. */
  readonly devices: readonly MicrophoneOption[]
  /** Null: the one that the system prefers. Kept with the settings. */
  readonly deviceId: string | null
  readonly test: MicrophoneTest | null
}
