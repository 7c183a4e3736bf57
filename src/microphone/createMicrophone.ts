import type { Problem } from '../base/result.ts'
import type { SpeechUnderWay } from '../domain/speech/live/underWay.ts'
import { SignalWatch } from '../domain/speech/signalWatch.ts'
import { type Capture, type OpenCapture, openCapture } from './captureAudio.ts'
import { Comeback } from './comeback.ts'
import { browserDeviceNews, type DeviceNews } from './deviceNews.ts'
import type { Microphone, MicrophoneEvents, TalkPurpose, VadModel } from './microphone.ts'
import {
  AUDIO_SUSPENDED,
  isPassing,
  MICROPHONE_LOST,
  MICROPHONE_MUTED,
  OTHER_IN_USE,
  PERMISSION_TAKEN,
  SIGNAL_PROBLEMS,
  toMicrophoneProblem,
} from './microphoneProblems.ts'
import { Recording } from './recording.ts'

export interface MicrophoneParts {
  readonly vad: VadModel
  readonly events: MicrophoneEvents
  /** The whole way from device to frames, for tests without audio hardware. */
  readonly openCapture?: OpenCapture
  readonly news?: DeviceNews
  /** How long recording goes on after the talk key came up: device and browser deliver the last sound late. */
  readonly releaseTailMs?: number
}

type Status = Parameters<MicrophoneEvents['onStatus']>[0]

const RELEASE_TAIL_MS = 150

/** One opening of the microphone, until it is closed. It stays open as long as either reason holds. */
interface Session {
  readonly recording: Recording
  readonly signal: SignalWatch
  handsFree: boolean
  talking: boolean
  capture: Capture | null
  opening: Promise<void>
  isMuted: boolean
  fault: Problem | null
}

export function createMicrophone(parts: MicrophoneParts): Microphone {
  return new DeviceMicrophone(parts)
}

class DeviceMicrophone implements Microphone {
  readonly #parts: MicrophoneParts
  readonly #comeback: Comeback
  #session: Session | null = null
  #ending: Promise<void> = Promise.resolve()
  #status: Status = 'off'
  #told: Problem | null = null
  #disposed = false
  /** A device was open since it was last switched on: only then can it be taken away. */
  #wasOpen = false
  #studyId: string | null = null
  #deviceId: string | null = null

  constructor(parts: MicrophoneParts) {
    this.#parts = parts
    this.#comeback = new Comeback(parts.news ?? browserDeviceNews, {
      open: () => this.#return(),
      mayAsk: () => !this.#wasOpen,
      onRefused: () => this.#wasOpen && this.#tellProblem(PERMISSION_TAKEN),
      onFormer: () => this.#session && !this.#session.talking && this.#reopen(this.#session),
    })
  }

  async start(): Promise<void> {
    this.#comeback.stop()
    const session = this.#session ?? this.#begin(null)
    if (session) session.handsFree = true
    await session?.opening
  }

  async stop(): Promise<void> {
    this.#comeback.forget()
    this.#wasOpen = false
    if (this.#session) this.#end(this.#session)
    else if (this.#status === 'waiting') this.#tellStatus('off')
    await this.#ending
  }

  async startTalking(purpose: TalkPurpose = 'dictation'): Promise<void> {
    const isWaiting = this.#comeback.stop()
    const session = this.#session ?? this.#begin(purpose)
    if (!session) return
    if (isWaiting) session.handsFree = true
    if (!session.talking) {
      session.recording.beginTalk(purpose)
      session.signal.beginTalk()
    }
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

  async setDevice(deviceId: string | null): Promise<void> {
    if (deviceId === this.#deviceId) return
    this.#deviceId = deviceId
    this.#comeback.forgetFormer()
    if (this.#session) await this.#reopen(this.#session)
    else if (this.#comeback.isOn) await this.#comeback.look()
  }

  dispose(): void {
    this.#disposed = true
    this.#comeback.forget()
    if (this.#session) this.#end(this.#session)
  }

  /** Frames go to the recording from the first one on; `opening` never rejects, failures are told as problems. */
  #begin(talk: TalkPurpose | null): Session | null {
    if (this.#disposed) return null
    const session: Session = {
      recording: this.#record(talk, () => session),
      signal: new SignalWatch(),
      handsFree: talk === null,
      talking: talk !== null,
      capture: null,
      opening: Promise.resolve(),
      isMuted: false,
      fault: null,
    }
    this.#session = session
    // Until it is back it is waited for, however often it is looked for.
    if (!this.#comeback.isOn) this.#tellStatus('starting')
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
      const capture = await (this.#parts.openCapture ?? openCapture)(
        {
          onFrame: (frame) => this.#take(session, frame),
          onLevel: (level) => isCurrent() && this.#parts.events.onLevel(level),
          onLost: () => this.#fail(session, MICROPHONE_LOST),
          onMuted: (isMuted) => {
            session.isMuted = isMuted
            this.#tellFault(session, null)
          },
          onSuspended: (isSuspended) => {
            suspended = isSuspended
            if (isCurrent()) this.#tellSuspended(isSuspended)
          },
        },
        this.#deviceId,
      )
      session.capture = capture
      if (!isCurrent()) return capture.close()
      this.#wasOpen = true
      this.#comeback.takeOpened(capture.groupId)
      this.#told = null
      this.#tellFault(session, null)
      if (['starting', 'waiting'].includes(this.#status) && !suspended) this.#tellStatus('listening')
    } catch (error) {
      this.#fail(session, toMicrophoneProblem(error))
    }
  }

  #take(session: Session, frame: Float32Array): void {
    session.recording.take(frame)
    const fault = session.signal.take(frame, session.talking)
    this.#tellFault(session, fault && SIGNAL_PROBLEMS[fault])
  }

  /** A silenced track says more than the silence that comes of it. */
  #tellFault(session: Session, ofSignal: Problem | null): void {
    if (this.#session !== session || this.#disposed) return
    const fault = session.isMuted ? MICROPHONE_MUTED : (ofSignal ?? (this.#comeback.isOther ? OTHER_IN_USE : null))
    if (session.fault === fault) return
    session.fault = fault
    this.#parts.events.onFault(fault)
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

  /** What was said stays; what is said from now on comes from the device that is wanted now. */
  async #reopen(session: Session): Promise<void> {
    this.#close(session)
    const ending = session.recording.end({ quiet: true })
    this.#ending = ending
    const next = this.#begin(session.handsFree ? null : 'dictation')
    await Promise.all([ending, next?.opening])
  }

  #fail(session: Session, problem: Problem): void {
    if (this.#session !== session) return
    const formerGroupId = session.capture?.groupId ?? null
    this.#close(session)
    const isAwaited = session.handsFree && isPassing(problem)
    this.#tellStatus(isAwaited ? 'waiting' : 'failed')
    this.#tellProblem(problem)
    this.#ending = session.recording.end({ quiet: true })
    if (isAwaited) this.#comeback.wait(this.#deviceId === null ? formerGroupId : null)
    else this.#comeback.stop()
  }

  async #return(): Promise<void> {
    if (!this.#session) await this.#begin(null)?.opening
  }

  #close(session: Session): void {
    this.#session = null
    session.capture?.close()
    session.capture = null
    if (this.#disposed) return
    this.#parts.events.onLevel(0)
    if (session.fault) this.#parts.events.onFault(null)
  }

  #tellStatus(status: Status): void {
    if (this.#status === status || this.#disposed) return
    this.#status = status
    this.#parts.events.onStatus(status)
  }

  /** While it is waited for the same is not told again and again. */
  #tellProblem(problem: Problem): void {
    if (this.#disposed || (this.#comeback.isOn && this.#told?.code === problem.code)) return
    this.#told = problem
    this.#parts.events.onProblem(problem)
  }
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
