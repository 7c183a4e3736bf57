import type { Problem } from '../base/result.ts'
import { SerialQueue } from '../base/serialQueue.ts'
import { SEGMENT_SETTINGS } from '../domain/speech/segment.ts'
import { SignalWatch } from '../domain/speech/signalWatch.ts'
import { type OpenCapture, openCapture } from './captureAudio.ts'
import type { VadModel } from './microphone.ts'
import {
  MICROPHONE_LOST,
  MICROPHONE_MUTED,
  SIGNAL_PROBLEMS,
  toMicrophoneProblem,
  toVadProblem,
} from './microphoneProblems.ts'
import { claimVad } from './vadClaim.ts'
import { VadGate } from './vadGate.ts'

/** A quarter of a second of voice: one word. */
const LEAST_SPEECH_FRAMES = 8

export interface HearingTestEvents {
  onPhase(phase: 'starting' | 'listening' | 'heard'): void
  onLevel(level: number): void
  onFault(fault: Problem | null): void
  /** The test is over: it could not be made. */
  onProblem(problem: Problem): void
}

export interface HearingTestParts {
  readonly vad: VadModel
  readonly deviceId: string | null
  readonly openCapture?: OpenCapture
}

/** Opens a microphone and looks whether a voice is heard in it. Nothing is recorded, kept or played. Gives the function that ends it. */
export function testHearing(parts: HearingTestParts, events: HearingTestEvents): () => void {
  const ended = new AbortController()
  void runTest(parts, events, ended)
  return () => ended.abort()
}

async function runTest(parts: HearingTestParts, events: HearingTestEvents, ended: AbortController): Promise<void> {
  const { signal } = ended
  const fail = (problem: Problem) => {
    if (!signal.aborted) events.onProblem(problem)
    ended.abort()
  }
  const release = await claimVad(parts.vad, 'microphone')
  signal.addEventListener('abort', release)
  if (signal.aborted) return release()
  events.onPhase('starting')
  try {
    await parts.vad.loadVad()
  } catch (error) {
    return fail(toVadProblem(error))
  }
  const listener = new VoiceListener(parts.vad, events, { signal, fail })
  try {
    const capture = await (parts.openCapture ?? openCapture)(
      {
        onFrame: (frame) => listener.take(frame),
        onLevel: (level) => signal.aborted || events.onLevel(level),
        onLost: () => fail(MICROPHONE_LOST),
        onMuted: (isMuted) => signal.aborted || events.onFault(isMuted ? MICROPHONE_MUTED : null),
        onSuspended: () => {},
      },
      parts.deviceId,
    )
    if (signal.aborted) return capture.close()
    signal.addEventListener('abort', () => capture.close())
    events.onPhase('listening')
  } catch (error) {
    fail(toMicrophoneProblem(error))
  }
}

class VoiceListener {
  readonly #gate: VadGate
  readonly #queue = new SerialQueue()
  readonly #watch = new SignalWatch()
  #speechFrames = 0

  constructor(
    vad: VadModel,
    private readonly events: HearingTestEvents,
    private readonly test: { readonly signal: AbortSignal; fail(problem: Problem): void },
  ) {
    this.#gate = new VadGate(vad)
    this.#gate.reset()
  }

  take(frame: Float32Array): void {
    if (this.test.signal.aborted) return
    // Whoever tests speaks.
    const fault = this.#watch.take(frame, true)
    this.events.onFault(fault && SIGNAL_PROBLEMS[fault])
    void this.#queue.add(() => this.#judge(frame))
  }

  async #judge(frame: Float32Array): Promise<void> {
    if (this.test.signal.aborted) return
    try {
      const probability = await this.#gate.toProbability(frame)
      if (probability >= SEGMENT_SETTINGS.positiveThreshold) this.#speechFrames += 1
    } catch (error) {
      return this.test.fail(toVadProblem(error))
    }
    if (this.#speechFrames === LEAST_SPEECH_FRAMES && !this.test.signal.aborted) this.events.onPhase('heard')
  }
}
