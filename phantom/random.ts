/**
 * Seeded random numbers from 32-bit integer arithmetic only: every engine gives the same stream.
 * Generator: sfc32 (C. Doty-Humphrey, PractRand), state filled by splitmix32.
 */
export interface Random {
  /** Uniform in [0, 1). */
  readonly next: () => number
  /** Uniform in [low, high). */
  readonly range: (low: number, high: number) => number
  /** Uniform integer in [0, count). */
  readonly below: (count: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(items: readonly T[]) => T
  /** Nearly normal, mean 0, deviation 1, within ±4.2 (sum of 6 uniforms; no transcendental function). */
  readonly normal: () => number
  readonly shuffle: <T>(items: readonly T[]) => T[]
  /** Independent stream named by a label, unaffected by how much of this stream was used. */
  readonly fork: (label: string) => Random
}

export function createRandom(seed: number): Random {
  return fromWords(seed >>> 0, Math.floor(seed / 4294967296) >>> 0)
}

function fromWords(low: number, high: number): Random {
  const next = createSfc32(low, high)
  const below = (count: number) => Math.floor(next() * count)
  const normal = () => (next() + next() + next() + next() + next() + next() - 3) * Math.SQRT2
  const shuffle = <T>(items: readonly T[]): T[] => {
    const copy = [...items]
    for (let i = copy.length - 1; i > 0; i--) {
      const j = below(i + 1)
      const held = copy[i]
      copy[i] = copy[j]
      copy[j] = held
    }
    return copy
  }
  return {
    next,
    range: (from, to) => from + (to - from) * next(),
    below,
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)],
    normal,
    shuffle,
    fork: (label) => fromWords(hashText(label, low), hashText(label, high ^ 0x9e3779b9)),
  }
}

function createSfc32(low: number, high: number): () => number {
  const fill = createSplitMix32(low)
  let a = fill()
  let b = fill() ^ high
  let c = fill()
  let counter = 1
  const step = () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return sum >>> 0
  }
  for (let i = 0; i < 12; i++) step()
  return () => step() / 4294967296
}

function createSplitMix32(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    return mixed ^ (mixed >>> 15)
  }
}

/** FNV-1a of the text, started from `start`. */
export function hashText(text: string, start: number): number {
  let hash = (0x811c9dc5 ^ start) | 0
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash ^= hash >>> 15
  return Math.imul(hash, 0x2c1b3c6d) >>> 0
}
