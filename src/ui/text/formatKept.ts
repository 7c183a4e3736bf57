/** How much of each is kept of a study. */
export interface KeptCounts {
  readonly utteranceCount: number
  readonly measureCount: number
  readonly keyImageCount: number
}

const countOf = (count: number, one: string): string => (count === 0 ? '' : `${count} ${one}${count === 1 ? '' : 's'}`)

const sum = (all: readonly KeptCounts[], name: keyof KeptCounts): number =>
  all.reduce((total, counts) => total + counts[name], 0)

/** "2 sentences, 1 measure"; empty where nothing is kept. */
export const formatKept = (all: readonly KeptCounts[]): string =>
  [
    countOf(sum(all, 'utteranceCount'), 'sentence'),
    countOf(sum(all, 'measureCount'), 'measure'),
    countOf(sum(all, 'keyImageCount'), 'key image'),
  ]
    .filter(Boolean)
    .join(', ')
