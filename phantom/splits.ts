/** Seeds of the case splits: base + index. The bases lie far apart, so no case is ever in two splits. */
export const PHANTOM_SPLIT_BASES = {
  train: 1_000_000,
  validation: 2_000_000,
  internal: 3_000_000,
  library: 4_000_000,
  external: 5_000_000,
} as const

export type PhantomSplit = keyof typeof PHANTOM_SPLIT_BASES

/** Number of cases a split may hold before its seeds would run into the next split's. */
const PHANTOM_SPLIT_CAPACITY = 1_000_000

export function toPhantomSeed(split: PhantomSplit, index: number): number {
  if (!Number.isInteger(index) || index < 0 || index >= PHANTOM_SPLIT_CAPACITY) {
    throw new RangeError(`index ${index} is outside split ${split}`)
  }
  return PHANTOM_SPLIT_BASES[split] + index
}

export function isPhantomSplit(text: string): text is PhantomSplit {
  return Object.hasOwn(PHANTOM_SPLIT_BASES, text)
}

/** The split a seed belongs to; null for seeds of no split. */
export function toPhantomSplit(seed: number): PhantomSplit | null {
  for (const [split, base] of Object.entries(PHANTOM_SPLIT_BASES)) {
    if (seed >= base && seed < base + PHANTOM_SPLIT_CAPACITY && isPhantomSplit(split)) return split
  }
  return null
}
