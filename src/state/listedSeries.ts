import type { SeriesSummary } from '../domain/volume/series.ts'
import type { AppState } from './appState.ts'

interface Answer {
  readonly series: AppState['desk']['series']
  readonly drops: AppState['desk']['drops']
  readonly all: readonly SeriesSummary[]
}

let last: Answer | null = null

/** The series of this visit: those of the drop that the study being read came from, then those of the other drops, the last one first. */
export function selectListedSeries({ desk: { series, drops } }: AppState): readonly SeriesSummary[] {
  if (last?.series !== series || last.drops !== drops) {
    const all = [...series, ...[...drops].reverse().flat()]
    last = { series, drops, all: [...new Map(all.map((one) => [one.id, one])).values()] }
  }
  return last.all
}
