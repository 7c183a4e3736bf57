import { FrameProcessor, type FrameProcessorEvent } from '@ricky0123/vad-web/dist/frame-processor.js'
import { Message } from '@ricky0123/vad-web/dist/messages.js'
import {
  FRAME_MS,
  joinFrames,
  SEGMENT_SETTINGS,
  type SegmentSettings,
  toFramesAfterCut,
} from '../domain/speech/segment.ts'
import { framesUnderWay } from './framesUnderWay.ts'
import type { SinkSpeech, SpeechSink, SpeechSinkEvents } from './speechSink.ts'
import type { VadGate } from './vadGate.ts'

/*
 * The two files are imported by path: the package's entry also loads its microphone classes and with them a second
 * copy of onnxruntime (14 MB of wasm). The state machine itself needs none.
 */

/**
 * Hands-free segmentation by vad-web's FrameProcessor, plus the maximum length that it lacks: speech that reaches it is
 * cut at the least likely speech frame of its last seconds, and goes on as a new segment without a gap.
 */
export class VadSegmenter implements SpeechSink {
  readonly #processor: FrameProcessor
  readonly #settings: SegmentSettings
  readonly #events: SpeechSinkEvents
  readonly #maxFrames: number
  readonly #searchFrames: number
  /** Frames of the recording that were judged so far. */
  #frameCount: number
  /** Probabilities of the newest frames, as far back as a cut may fall. */
  #recent: number[] = []

  /** `firstFrame` is the number of frames of the recording that went elsewhere before. */
  constructor(vad: VadGate, events: SpeechSinkEvents, firstFrame = 0, settings: SegmentSettings = SEGMENT_SETTINGS) {
    this.#events = events
    this.#settings = settings
    this.#frameCount = firstFrame
    this.#maxFrames = Math.floor(settings.maxSpeechMs / FRAME_MS)
    this.#searchFrames = Math.min(this.#maxFrames, Math.floor(settings.cutSearchMs / FRAME_MS))
    const toProbabilities = async (frame: Float32Array) => {
      const isSpeech = await vad.toProbability(frame)
      return { isSpeech, notSpeech: 1 - isSpeech }
    }
    this.#processor = new FrameProcessor(toProbabilities, () => vad.reset(), toOptions(settings), FRAME_MS)
    this.#processor.resume()
  }

  async process(frame: Float32Array): Promise<void> {
    await this.#processor.process(frame, (event) => this.#handle(event))
    if (this.#processor.speaking && this.#processor.audioBuffer.length >= this.#maxFrames) this.#cut()
  }

  underWay(): SinkSpeech | null {
    const { speaking, speechFrameCount, minSpeechFrames, redemptionCounter, redemptionFrames, audioBuffer } =
      this.#processor
    if (!speaking || speechFrameCount < minSpeechFrames) return null
    const silentFrames = redemptionCounter > 0 ? redemptionFrames - redemptionCounter : Number.POSITIVE_INFINITY
    const framesToCut = Math.min(silentFrames, this.#maxFrames - audioBuffer.length)
    return framesUnderWay(
      audioBuffer.map(({ frame }) => frame),
      {
        firstFrame: this.#frameCount - audioBuffer.length,
        silentMs: redemptionCounter * FRAME_MS,
        cutInMs: framesToCut * FRAME_MS,
        isSpeech: true,
      },
    )
  }

  finish(): void {
    if (this.#processor.active) this.#processor.pause((event) => this.#handle(event))
  }

  #handle(event: FrameProcessorEvent): void {
    if (event.msg === Message.FrameProcessed) this.#count(event.probs.isSpeech)
    if (event.msg === Message.SpeechStart) this.#events.onSpeaking(true)
    if (event.msg !== Message.SpeechEnd && event.msg !== Message.VADMisfire) return
    this.#setMinSpeechMs(this.#settings.minSpeechMs)
    this.#events.onSpeaking(false)
    if (event.msg === Message.SpeechEnd) this.#emit(event.audio, 0)
  }

  #count(probability: number): void {
    this.#frameCount += 1
    this.#recent.push(probability)
    if (this.#recent.length > this.#searchFrames) this.#recent.shift()
  }

  /** The rest after a cut belongs to speech already found, so a single speech frame is enough to keep it. */
  #cut(): void {
    const framesAfter = toFramesAfterCut(this.#recent)
    const buffer = this.#processor.audioBuffer
    const piece = buffer.slice(0, buffer.length - framesAfter)
    this.#processor.audioBuffer = buffer.slice(buffer.length - framesAfter)
    this.#recent = this.#recent.slice(this.#recent.length - framesAfter)
    const speechFrames = piece.filter((item) => item.isSpeech).length
    if (speechFrames < this.#processor.minSpeechFrames) return
    this.#setMinSpeechMs(FRAME_MS)
    this.#emit(joinFrames(piece.map((item) => item.frame)), framesAfter)
  }

  #setMinSpeechMs(minSpeechMs: number): void {
    this.#processor.setOptions({ minSpeechMs })
  }

  #emit(audio: Float32Array, framesAfter: number): void {
    const endMs = (this.#frameCount - framesAfter) * FRAME_MS
    this.#events.onSegment({ audio, startMs: endMs - toDurationMs(audio), endMs })
  }
}

const toDurationMs = (audio: Float32Array) => audio.length / 16

function toOptions(settings: SegmentSettings) {
  return {
    positiveSpeechThreshold: settings.positiveThreshold,
    negativeSpeechThreshold: settings.negativeThreshold,
    redemptionMs: settings.redemptionMs,
    minSpeechMs: settings.minSpeechMs,
    preSpeechPadMs: settings.padMs,
    submitUserSpeechOnPause: true,
  }
}
