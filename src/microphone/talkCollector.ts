import { FRAME_MS, joinFrames, SEGMENT_SETTINGS } from '../domain/speech/segment.ts'
import { framesUnderWay } from './framesUnderWay.ts'
import type { SinkSpeech, SpeechSink, SpeechSinkEvents } from './speechSink.ts'
import type { VadGate } from './vadGate.ts'

/** About 0.1 s of speech: shorter than any word, longer than the click of the key itself. */
const MIN_SPEECH_FRAMES = 3
/** A key that got stuck must not fill the memory: after ten minutes the piece is handed over and a new one begins. */
const MAX_FRAMES = Math.floor(600_000 / FRAME_MS)

/**
 * Push to talk: all frames from press to release are one segment, pauses included; the VAD only says whether there was
 * any speech at all. When the VAD fails the audio is kept, because nobody can tell that it holds no speech.
 */
export class TalkCollector implements SpeechSink {
  readonly #vad: VadGate
  readonly #events: SpeechSinkEvents
  #frames: Float32Array[] = []
  #firstFrame: number
  #speechFrames = 0
  #framesSinceSpeech = 0
  #vadWorks = true

  constructor(vad: VadGate, events: SpeechSinkEvents, firstFrame = 0) {
    this.#vad = vad
    this.#events = events
    this.#firstFrame = firstFrame
    vad.reset()
  }

  /** Whether enough was heard for `finish` to hand over a segment. */
  get hasSpeech(): boolean {
    return this.#frames.length > 0 && (!this.#vadWorks || this.#speechFrames >= MIN_SPEECH_FRAMES)
  }

  /** From here on frames are kept without asking the model. */
  trustNoVad(): void {
    this.#vadWorks = false
  }

  async process(frame: Float32Array): Promise<void> {
    this.#frames.push(frame)
    if (this.#vadWorks) await this.#listen(frame)
    if (this.#frames.length >= MAX_FRAMES) this.#handOver()
  }

  underWay(): SinkSpeech | null {
    if (!this.hasSpeech) return null
    const silentMs = this.#framesSinceSpeech * FRAME_MS
    const cutInMs = (MAX_FRAMES - this.#frames.length) * FRAME_MS
    const isSpeech = this.#vadWorks
    return framesUnderWay(this.#frames, { firstFrame: this.#firstFrame, silentMs, cutInMs, isSpeech })
  }

  finish(): void {
    this.#handOver()
    this.#events.onSpeaking(false)
  }

  async #listen(frame: Float32Array): Promise<void> {
    const probability = await this.#vad.toProbability(frame)
    this.#framesSinceSpeech += 1
    if (probability < SEGMENT_SETTINGS.positiveThreshold) return
    this.#framesSinceSpeech = 0
    this.#speechFrames += 1
    if (this.#speechFrames === MIN_SPEECH_FRAMES) this.#events.onSpeaking(true)
  }

  #handOver(): void {
    const frames = this.#frames
    const startMs = this.#firstFrame * FRAME_MS
    const keep = this.hasSpeech
    this.#frames = []
    this.#firstFrame += frames.length
    this.#speechFrames = 0
    if (keep) this.#events.onSegment({ audio: joinFrames(frames), startMs, endMs: this.#firstFrame * FRAME_MS })
  }
}
