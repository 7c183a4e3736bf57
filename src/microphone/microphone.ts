import type { Problem } from '../base/result.ts'
import type { CapturedSpeech } from '../domain/speech/captured.ts'
import type { SpeechUnderWay } from '../domain/speech/live/underWay.ts'
import type { Utterance } from '../domain/speech/utterance.ts'

/** Runs Silero; given by the speech engine. */
export interface VadModel {
  loadVad(): Promise<void>
  resetVad(): Promise<void>
  /** 512 samples at 16 kHz → probability of speech 0…1. */
  vadProbability(frame: Float32Array): Promise<number>
}

export interface MicrophoneEvents {
  /** Waiting: the device is gone or held by another program, and is taken again as soon as it can be. */
  onStatus(status: 'off' | 'starting' | 'listening' | 'speaking' | 'waiting' | 'failed'): void
  /** Peak level 0…1, about 15 times a second. */
  onLevel(level: number): void
  onUtterance(utterance: Utterance): void
  /** What has been captured so far and is no utterance yet: about four times a second, by the clock of the device. */
  onCaptured(captured: CapturedSpeech): void
  onProblem(problem: Problem): void
  /** What is wrong with the sound as long as it is so, within three seconds of stream; null: nothing any more. */
  onFault(fault: Problem | null): void
}

/** What is said while a key is held. */
export type TalkPurpose = 'dictation' | 'command'

/** One microphone recording at a time. Problems: no microphone, permission denied, device lost, no secure context. */
export interface Microphone {
  start(): Promise<void>
  /** Ends the recording; speech under way is kept as a last utterance. */
  stop(): Promise<void>
  /** Push to talk: everything between press and release is one utterance, whatever the VAD thinks, if speech is in it. */
  startTalking(purpose?: TalkPurpose): Promise<void>
  stopTalking(): Promise<void>
  /** The study that is read from now on: speech under way ends and stays with the one before. */
  setStudy(studyId: string | null): void
  /** The microphone to listen to from now on, also where one is open; null: the one that the system prefers. */
  setDevice(deviceId: string | null): Promise<void>
  /** What is being said now; null where nothing is. */
  underWay(): SpeechUnderWay | null
  dispose(): void
}
