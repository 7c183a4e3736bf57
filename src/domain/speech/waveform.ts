/**
 * Peak magnitude of each of `binCount` equal stretches, 0…1, for drawing. Audio shorter than the bins repeats samples
 * rather than leaving gaps; no audio gives zeros.
 */
export function toWaveform(audio: Float32Array, binCount = 64): number[] {
  return Array.from({ length: binCount }, (_, bin) => {
    const from = Math.floor((bin * audio.length) / binCount)
    const to = Math.max(from + 1, Math.floor(((bin + 1) * audio.length) / binCount))
    let peak = 0
    for (let index = from; index < Math.min(to, audio.length); index += 1) {
      const magnitude = Math.abs(audio[index])
      if (magnitude > peak) peak = magnitude
    }
    return Math.min(1, peak)
  })
}
