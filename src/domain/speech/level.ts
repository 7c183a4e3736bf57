/** Time constant of the falling meter in ms: short enough to follow words, long enough not to flicker. */
const RELEASE_MS = 250

/** Largest magnitude, 0…1; louder than full scale counts as 1. */
export function toPeak(samples: Float32Array): number {
  let peak = 0
  for (let index = 0; index < samples.length; index += 1) {
    const magnitude = Math.abs(samples[index])
    if (magnitude > peak) peak = magnitude
  }
  return Math.min(1, peak)
}

/** The meter after `elapsedMs`: rises at once, falls exponentially, so that a short peak can be seen. */
export function smoothLevel(previous: number, peak: number, elapsedMs: number): number {
  const fallen = previous * Math.exp(-elapsedMs / RELEASE_MS)
  return Math.max(peak, fallen)
}
