import { FRAME_MS, FRAME_SAMPLES, SEGMENT_SAMPLE_RATE_HZ, type SpeechSegment } from '../domain/speech/segment.ts'
import type { VadModel } from './microphone.ts'
import { VadGate } from './vadGate.ts'
import { VadSegmenter } from './vadSegmenter.ts'

/** Looked at one by one, so that a click does not hide the soft words a few seconds later. */
const WINDOW_SAMPLES = 8 * SEGMENT_SAMPLE_RATE_HZ
/** A shorter pause holds no sentence. */
const SHORTEST_SAMPLES = SEGMENT_SAMPLE_RATE_HZ / 2
/** Peaks, of full scale: below the first nothing was recorded, above the second the model hears by itself. */
const SOFT_PEAKS = [3e-4, 0.03] as const
/** Where speech that is spoken into a microphone has its peaks. */
const USUAL_PEAK = 0.3

export interface SoftSpeech {
  readonly seconds: number
  /** On the clock of the recording. */
  readonly startMs: number
}

/** Speech in what was not heard that shows only when it is amplified; null where there is none. */
export async function findSoftSpeech(
  audio: Float32Array,
  heard: readonly SpeechSegment[],
  vad: VadModel,
  signal: AbortSignal | undefined,
): Promise<SoftSpeech | null> {
  const found: SpeechSegment[] = []
  for (const { start, end } of listWindows(audio.length, heard)) {
    signal?.throwIfAborted()
    const louder = amplify(audio.subarray(start, end))
    if (louder) found.push(...(await findSpeech(louder, (start * 1000) / SEGMENT_SAMPLE_RATE_HZ, vad)))
  }
  if (found.length === 0) return null
  const ms = found.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0)
  return { seconds: ms / 1000, startMs: found[0].startMs }
}

/** Windows of what lies between the segments, in samples. */
function listWindows(length: number, heard: readonly SpeechSegment[]): { start: number; end: number }[] {
  const toSample = (ms: number) => Math.round((ms * SEGMENT_SAMPLE_RATE_HZ) / 1000)
  const ends = [0, ...heard.map(({ endMs }) => toSample(endMs))]
  const starts = [...heard.map(({ startMs }) => toSample(startMs)), length]
  const windows: { start: number; end: number }[] = []
  for (const [n, from] of ends.entries()) {
    for (let start = from; start + SHORTEST_SAMPLES <= starts[n]; start += WINDOW_SAMPLES) {
      windows.push({ start, end: Math.min(start + WINDOW_SAMPLES, starts[n]) })
    }
  }
  return windows
}

/** To the loudness of speech; null where it is no soft sound. */
function amplify(part: Float32Array): Float32Array | null {
  const peak = part.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  if (peak < SOFT_PEAKS[0] || peak > SOFT_PEAKS[1]) return null
  return part.map((sample) => (sample * USUAL_PEAK) / peak)
}

async function findSpeech(audio: Float32Array, offsetMs: number, vad: VadModel): Promise<SpeechSegment[]> {
  const segments: SpeechSegment[] = []
  const events = { onSpeaking: () => {}, onSegment: (segment: SpeechSegment) => segments.push(segment) }
  await vad.resetVad()
  const segmenter = new VadSegmenter(new VadGate(vad), events, Math.round(offsetMs / FRAME_MS))
  for (let at = 0; at + FRAME_SAMPLES <= audio.length; at += FRAME_SAMPLES) {
    await segmenter.process(audio.slice(at, at + FRAME_SAMPLES))
  }
  segmenter.finish()
  return segments
}
