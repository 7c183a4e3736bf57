import type { AudioWindow } from './windows.ts'

/** Index of the blank in every CTC alphabet of a pack. */
const BLANK = 0

/** Most likely letter a frame: `logProbs` is row-major [frames, letters]. */
export function toBestPath(logProbs: Float32Array, letters: number): Uint16Array {
  const path = new Uint16Array(logProbs.length / letters)
  for (let frame = 0; frame < path.length; frame++) {
    let best = 0
    for (let letter = 1; letter < letters; letter++)
      if (logProbs[frame * letters + letter] > logProbs[frame * letters + best]) best = letter
    path[frame] = best
  }
  return path
}

/** Greedy CTC (Graves et al. 2006): repeats merge, then blanks drop; white space becomes single spaces. */
export function toTranscript(path: ArrayLike<number>, alphabet: readonly string[]): string {
  let text = ''
  for (let frame = 0; frame < path.length; frame++) {
    const letter = path[frame]
    if (letter !== BLANK && (frame === 0 || letter !== path[frame - 1])) text += alphabet[letter]
  }
  return text.trim().replace(/\s+/g, ' ')
}

/**
 * One matrix of frames from those of overlapping windows: each gives up its frames in the outer half of every overlap, so
 * that no word is heard twice and the cut lies where both windows still had context.
 */
export function joinFrames(
  parts: readonly Float32Array[],
  windows: readonly AudioWindow[],
  letters: number,
): Float32Array {
  const kept = parts.map((part, n) => {
    const { start, end } = windows[n]
    const framesPerSample = part.length / letters / (end - start)
    const from = n === 0 ? start : (start + windows[n - 1].end) / 2
    const to = n === windows.length - 1 ? end : (windows[n + 1].start + end) / 2
    const first = Math.round((from - start) * framesPerSample)
    return part.subarray(first * letters, Math.round((to - start) * framesPerSample) * letters)
  })
  const joined = new Float32Array(kept.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of kept) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}
