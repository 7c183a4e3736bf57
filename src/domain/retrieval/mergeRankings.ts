import { scoreCases } from './rankCases.ts'
import type { RankedCase, Ranking } from './rankLibrary.ts'
import { isListedRemote } from './remote/remoteCase.ts'

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

/** Cosine from which on two embeddings are one: a server's library may hold what lies here, too. */
const SAME = 1 - 1e-5

const isSameScan = (a: RankedCase, b: RankedCase): boolean =>
  Math.abs(a.cosine - b.cosine) < 1e-4 && scoreCases(a.embedding, b.embedding)[0] > SAME

/** The answers of several libraries to one query: their cosines are of one embedding, so they are one list. */
export function mergeRankings(rankings: readonly Ranking[], count: number): MergedRanking {
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
  const all = rankings.flatMap(({ cases, chanceCosine }, library) =>
    cases.map((one): MergedCase => ({ ...one, library, chanceCosine })),
  )
  const here = all.filter(({ found }) => !isListedRemote(found))
  const cases = all.filter((one) => !isListedRemote(one.found) || !here.some((local) => isSameScan(local, one)))
  return {
    cases: cases.sort((a, b) => b.cosine - a.cosine).slice(0, count),
    size: sum(rankings.map(({ size }) => size)),
    filteredOut: sum(rankings.map(({ filteredOut }) => filteredOut)),
  }
}
