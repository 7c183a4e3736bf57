import { FRAME_MS, joinFrames } from '../domain/speech/segment.ts'
import type { SinkSpeech } from './speechSink.ts'

interface Known {
  /** Number of the first one in its recording. */
  readonly firstFrame: number
  readonly silentMs: number
  readonly cutInMs: number
}

/** Frames of one stretch of speech, end to end. The list may grow behind: this is what it is now. */
export function framesUnderWay(frames: readonly Float32Array[], { firstFrame, silentMs, cutInMs }: Known): SinkSpeech {
  const count = frames.length
  const startMs = firstFrame * FRAME_MS
  return {
    startMs,
    endMs: startMs + count * FRAME_MS,
    silentMs,
    cutInMs,
    takeFrom: (ms) => joinFrames(frames.slice(Math.max(0, Math.floor((ms - startMs) / FRAME_MS)), count)),
  }
}
