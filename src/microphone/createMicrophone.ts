import type { Problem } from '../base/result.ts'
import type { SpeechUnderWay } from '../domain/speech/live/underWay.ts'
import { type Capture, type CreateContext, type GetStream, type OpenCapture, openCapture } from './captureAudio.ts'
import type { Microphone, MicrophoneEvents, TalkPurpose, VadModel } from './microphone.ts'
import { AUDIO_SUSPENDED, MICROPHONE_LOST, toMicrophoneProblem } from './microphoneProblems.ts'
import { Recording } from './recording.ts'

export interface MicrophoneParts {
  readonly vad: VadModel
  readonly events: MicrophoneEvents
  /** Where the sound comes from; the default asks for the microphone. */
  readonly getStream?: GetStream
  readonly createContext?: CreateContext
  /** The whole way from device to frames, for tests without audio hardware. */
  readonly openCapture?: OpenCapture
  /** How long recording goes on after the talk key came up: device and browser deliver the last sound late. */
  readonly releaseTailMs?: number
}

type Status = Parameters<MicrophoneEvents['onStatus']>[0]

const RELEASE_TAIL_MS = 150

/** One opening of the microphone, until it is closed. It stays open as long as either reason holds. */
interface Session {
  readonly recording: Recording
  handsFree: boolean
  talking: boolean
  capture: Capture | null
  opening: Promise<void>
}

export function createMicrophone(parts: MicrophoneParts): Microphone {
  return new DeviceMicrophone(parts)
}

class DeviceMicrophone implements Microphone {
  readonly #parts: MicrophoneParts
  readonly #open: OpenCapture
  #session: Session | null = null
  #ending: Promise<void> = Promise.resolve()
  #status: Status = 'off'
  #disposed = false
  #studyId: string | null = null

  constructor(parts: MicrophoneParts) {
    this.#parts = parts
    this.#open = parts.openCapture ?? ((events) => openCapture(events, parts.getStream, parts.createContext))
  }

  async start(): Promise<void> {
    const session = this.#session ?? this.#begin(null)
    if (session) session.handsFree = true
    await session?.opening
  }

  async stop(): Promise<void> {
    if (this.#session) this.#end(this.#session)
    await this.#ending
  }

  async startTalking(purpose: TalkPurpose = 'dictation'): Promise<void> {
    const session = this.#session ?? this.#begin(purpose)
    if (!session) return
    if (!session.talking) session.recording.beginTalk(purpose)
    session.talking = true
    await session.opening
  }

  async stopTalking(): Promise<void> {
    const session = this.#session
    if (!session?.talking) return
    session.talking = false
    await wait(this.#parts.releaseTailMs ?? RELEASE_TAIL_MS)
    if (this.#session !== session || session.talking) return
    if (session.handsFree) session.recording.endTalk()
    else this.#end(session)
    await this.#ending
  }

  underWay(): SpeechUnderWay | null {
    return this.#session?.recording.underWay() ?? null
  }

  setStudy(studyId: string | null): void {
    if (studyId === this.#studyId) return
    this.#studyId = studyId
    this.#session?.recording.changeStudy(studyId)
  }

  dispose(): void {
    this.#disposed = true
    if (this.#session) this.#end(this.#session)
  }

  /** Frames go to the recording from the first one on; `opening` never rejects, failures are told as problems. */
  #begin(talk: TalkPurpose | null): Session | null {
    if (this.#disposed) return null
    const session: Session = {
      recording: this.#record(talk, () => session),
      handsFree: talk === null,
      talking: talk !== null,
      capture: null,
      opening: Promise.resolve(),
    }
    this.#session = session
    this.#tellStatus('starting')
    session.opening = this.#openCapture(session)
    return session
  }

  #record(talk: TalkPurpose | null, toSession: () => Session): Recording {
    const { vad, events } = this.#parts
    return new Recording(
      vad,
      {
        onSpeaking: (speaking) => {
          if (this.#session === toSession()) this.#tellStatus(speaking ? 'speaking' : 'listening')
        },
        onUtterance: (utterance) => this.#disposed || events.onUtterance(utterance),
        onCaptured: (captured) => this.#disposed || events.onCaptured(captured),
        onProblem: (problem) => this.#tellProblem(problem),
        onFailure: (problem) => this.#fail(toSession(), problem),
      },
      talk,
      this.#studyId,
    )
  }

  async #openCapture(session: Session): Promise<void> {
    const isCurrent = () => this.#session === session
    let suspended = false
    try {
      const capture = await this.#open({
        onFrame: (frame) => session.recording.take(frame),
        onLevel: (level) => isCurrent() && this.#parts.events.onLevel(level),
        onLost: () => this.#fail(session, MICROPHONE_LOST),
        onSuspended: (isSuspended) => {
          suspended = isSuspended
          if (isCurrent()) this.#tellSuspended(isSuspended)
        },
      })
      session.capture = capture
      if (!isCurrent()) capture.close()
      else if (this.#status === 'starting' && !suspended) this.#tellStatus('listening')
    } catch (error) {
      this.#fail(session, toMicrophoneProblem(error))
    }
  }

  #tellSuspended(suspended: boolean): void {
    this.#tellStatus(suspended ? 'starting' : 'listening')
    if (suspended) this.#tellProblem(AUDIO_SUSPENDED)
  }

  /** The device is let go at once; words already recorded may still become an utterance after `off`. */
  #end(session: Session): void {
    this.#close(session)
    this.#tellStatus('off')
    this.#ending = session.recording.end({ quiet: this.#disposed })
  }

  #fail(session: Session, problem: Problem): void {
    if (this.#session !== session) return
    this.#close(session)
    this.#tellStatus('failed')
    this.#tellProblem(problem)
    this.#ending = session.recording.end({ quiet: true })
  }

  #close(session: Session): void {
    this.#session = null
    session.capture?.close()
    session.capture = null
    if (!this.#disposed) this.#parts.events.onLevel(0)
  }

  #tellStatus(status: Status): void {
    if (this.#status === status || this.#disposed) return
    this.#status = status
    this.#parts.events.onStatus(status)
  }

  #tellProblem(problem: Problem): void {
    if (!this.#disposed) this.#parts.events.onProblem(problem)
  }
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
