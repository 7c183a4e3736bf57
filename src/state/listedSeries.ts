import { toListedSeries } from '../domain/study/listedSeries.ts'
import type { SeriesSummary } from '../domain/volume/series.ts'
import type { AppState } from './appState.ts'

interface Answer {
  readonly series: AppState['desk']['series']
  readonly drops: AppState['desk']['drops']
  readonly all: readonly SeriesSummary[]
}

let last: Answer | null = null

/** The series of this visit; the same array for the same drops. */
export function selectListedSeries({ desk: { series, drops } }: AppState): readonly SeriesSummary[] {
  if (last?.series !== series || last.drops !== drops) {
    last = { series, drops, all: toListedSeries(series, drops) }
  }
  return last.all
}
