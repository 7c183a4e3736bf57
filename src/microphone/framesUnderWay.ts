import { FRAME_MS, joinFrames } from '../domain/speech/segment.ts'
import type { SinkSpeech } from './speechSink.ts'

interface Known {
  /** Number of the first one in its recording. */
  readonly firstFrame: number
  readonly silentMs: number
  readonly cutInMs: number
  readonly isSpeech: boolean
}

/** Frames of one stretch of speech, end to end. The list may grow behind: this is what it is now. */
export function framesUnderWay(frames: readonly Float32Array[], { firstFrame, ...known }: Known): SinkSpeech {
  const count = frames.length
  const startMs = firstFrame * FRAME_MS
  return {
    ...known,
    startMs,
    endMs: startMs + count * FRAME_MS,
    takeFrom: (ms) => joinFrames(frames.slice(Math.max(0, Math.floor((ms - startMs) / FRAME_MS)), count)),
  }
}
