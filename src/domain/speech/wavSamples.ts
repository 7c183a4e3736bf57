const INT16_FULL_SCALE = 32767

/** Samples in [-1, 1] as 16-bit integers; louder is clipped, not wrapped. Half the bytes, for keeping. */
export function toInt16Samples(audio: Float32Array): Int16Array<ArrayBuffer> {
  const samples = new Int16Array(audio.length)
  for (let index = 0; index < audio.length; index += 1) {
    const clipped = Math.max(-1, Math.min(1, audio[index]))
    samples[index] = Math.round(clipped * INT16_FULL_SCALE)
  }
  return samples
}

/** Back to [-1, 1]; the round trip is off by at most half a step, 1/65534. */
export function fromInt16Samples(samples: Int16Array): Float32Array {
  const audio = new Float32Array(samples.length)
  for (let index = 0; index < samples.length; index += 1) {
    audio[index] = Math.max(-1, samples[index] / INT16_FULL_SCALE)
  }
  return audio
}
