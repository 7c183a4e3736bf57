import type { AudioWindow } from '../windows.ts'

/** How audio is cut for Whisper, as the manifest says (`speech.transcriber`). */
export interface ContextRule {
  /** Lengths of context in rising order, s. */
  readonly contextsSeconds: readonly number[]
  /** Share of the context that speech may fill; a fuller one makes the decoder repeat itself. */
  readonly mostSpeech: number
  /** A cut falls into so much of the end of the longest piece, s. */
  readonly cutSearchSeconds: number
  /** Tokens at most: so many a second, and some to spare. Whatever writes more is a loop. */
  readonly tokensASecond: number
  readonly spareTokens: number
}

/** Over which a pause is looked for, s. */
const QUIET_SECONDS = 0.2

/** The first sample of the quietest stretch of `length` samples in [from, to). */
function findQuietest(audio: Float32Array, from: number, to: number, length: number): number {
  let power = 0
  let quietest = { at: from, power: Number.POSITIVE_INFINITY }
  for (let n = from; n < to; n++) {
    power += audio[n] ** 2
    if (n >= from + length) power -= audio[n - length] ** 2
    const at = n - length + 1
    if (at >= from && power < quietest.power) quietest = { at, power }
  }
  return quietest.at
}

/** Pieces that fit the longest context, end to end and without overlap; each but the last ends in a pause. */
export function cutAtPauses(audio: Float32Array, sampleRateHz: number, rule: ContextRule): AudioWindow[] {
  const longest = Math.floor(rule.mostSpeech * rule.contextsSeconds[rule.contextsSeconds.length - 1] * sampleRateHz)
  const quiet = Math.round(QUIET_SECONDS * sampleRateHz)
  const search = Math.min(Math.round(rule.cutSearchSeconds * sampleRateHz), longest - quiet)
  const pieces: AudioWindow[] = []
  let start = 0
  while (audio.length - start > longest) {
    const end = findQuietest(audio, start + longest - search, start + longest, quiet) + Math.floor(quiet / 2)
    pieces.push({ start, end })
    start = end
  }
  return audio.length > start ? [...pieces, { start, end: audio.length }] : pieces
}

/** Samples of the shortest context that so much speech fills no further than it may. */
export function toContextSamples(samples: number, sampleRateHz: number, rule: ContextRule): number {
  const { contextsSeconds, mostSpeech } = rule
  const fitting = contextsSeconds.find((seconds) => samples <= mostSpeech * seconds * sampleRateHz)
  return Math.round((fitting ?? contextsSeconds[contextsSeconds.length - 1]) * sampleRateHz)
}

/** How many tokens may be written about so much speech. */
export const toMostTokens = (samples: number, sampleRateHz: number, rule: ContextRule): number =>
  Math.floor((samples / sampleRateHz) * rule.tokensASecond) + rule.spareTokens
