import type { DecodedAudio } from './decodeAudio.ts'

/** Channels are compared block by block: a wire may be turned round, or a channel be silent, in a part of a recording. */
const BLOCK_SEC = 0.5
/**
 * The mean's level, as a share of the louder channel's, under which the channels cancel each other. A voice in one
 * channel alone gives 0.5; equal and opposite channels give 0.
 */
const CANCELLED = 0.4

/**
 * Mean of the channels, within [-1, 1]; where they cancel each other (L, −L: one microphone's wires are swapped), the
 * louder one alone. What is no number (broken float files) becomes silence.
 */
export function toMono(audio: DecodedAudio): Float32Array {
  const channels = Array.from({ length: audio.numberOfChannels }, (_, n) => audio.getChannelData(n))
  const mono = new Float32Array(audio.length)
  const blockSamples = Math.max(1, Math.round(BLOCK_SEC * audio.sampleRate))
  for (let start = 0; start < mono.length; start += blockSamples) {
    const end = Math.min(start + blockSamples, mono.length)
    mixBlock(
      channels.map((channel) => channel.subarray(start, end)),
      mono.subarray(start, end),
    )
  }
  return mono
}

function mixBlock(channels: readonly Float32Array[], into: Float32Array): void {
  for (const channel of channels) {
    for (let n = 0; n < into.length; n++) into[n] += clean(channel[n]) / channels.length
  }
  if (channels.length > 1) {
    const levels = channels.map(toLevel)
    const loudest = Math.max(...levels)
    if (toLevel(into) < CANCELLED * loudest) into.set(channels[levels.indexOf(loudest)].map(clean))
  }
  for (let n = 0; n < into.length; n++) into[n] = Math.max(-1, Math.min(1, into[n]))
}

const clean = (sample: number): number => (Number.isFinite(sample) ? sample : 0)

const toLevel = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + clean(sample) ** 2, 0))
