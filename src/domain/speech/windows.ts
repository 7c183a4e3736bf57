import { toUnit } from '../embedding/embedding.ts'

/** Seconds; see the manifest's `speech`. */
export interface WindowRule {
  readonly windowSeconds: number
  readonly overlapSeconds: number
  /** The encoder takes exactly so many samples: no window may be longer. */
  readonly fixedSamples?: number
}

/** Samples [start, end) of one window. */
export interface AudioWindow {
  readonly start: number
  readonly end: number
}

/** A last window that would bring less new audio than this says nothing: it joins the one before, where that may grow. */
const SHORTEST_TAIL_SECONDS = 0.3

/**
 * Cuts audio as SpeechCT-CLIP does (arXiv 2510.02322): windows of `windowSeconds` that share `overlapSeconds` with the
 * next. The last one ends with the audio and may be shorter, or up to 0.3 s longer where the encoder takes any length. No
 * samples, no windows.
 */
export function toWindows(sampleCount: number, sampleRateHz: number, rule: WindowRule): AudioWindow[] {
  const length = Math.round(rule.windowSeconds * sampleRateHz)
  const step = length - Math.round(rule.overlapSeconds * sampleRateHz)
  const shortestTail = rule.fixedSamples === undefined ? Math.round(SHORTEST_TAIL_SECONDS * sampleRateHz) : 1
  const windows: AudioWindow[] = []
  for (let start = 0; sampleCount > 0; start += step) {
    const rest = sampleCount - (start + length)
    if (rest < shortestTail) return [...windows, { start, end: sampleCount }]
    windows.push({ start, end: start + length })
  }
  return windows
}

/** Mean of the windows' unit embeddings, at unit length again. */
export function averageEmbeddings(embeddings: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(embeddings[0].length)
  for (const embedding of embeddings) for (let n = 0; n < sum.length; n++) sum[n] += embedding[n] / embeddings.length
  return toUnit(sum)
}

/** Pads with silence at the end up to `samples`: the log-mel front end needs at least one analysis frame. */
export function padAudio(audio: Float32Array, samples: number): Float32Array {
  if (audio.length >= samples) return audio
  const padded = new Float32Array(samples)
  padded.set(audio)
  return padded
}
