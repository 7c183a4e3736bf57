import type { RankedCase, Ranking } from './rankLibrary.ts'

/** A case with the library that it is from, by its place in the list of libraries. */
export interface MergedCase extends RankedCase {
  readonly library: number
  /** What a case of that library drawn by chance has; null where it has too few to tell. */
  readonly chanceCosine: number | null
}

export interface MergedRanking {
  readonly cases: readonly MergedCase[]
  readonly size: number
  readonly filteredOut: number
}

/** The answers of several libraries to one query: their cosines are of one embedding, so they are one list. */
export function mergeRankings(rankings: readonly Ranking[], count: number): MergedRanking {
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
  const cases = rankings.flatMap(({ cases, chanceCosine }, library) =>
    cases.map((one): MergedCase => ({ ...one, library, chanceCosine })),
  )
  return {
    cases: cases.sort((a, b) => b.cosine - a.cosine).slice(0, count),
    size: sum(rankings.map(({ size }) => size)),
    filteredOut: sum(rankings.map(({ filteredOut }) => filteredOut)),
  }
}
