import type { SeriesSummary } from '../volume/series.ts'

/** The series of a visit, each once: those of the drop that the study being read came from, then those of the other drops, the last one first. */
export function toListedSeries(
  series: readonly SeriesSummary[],
  drops: readonly (readonly SeriesSummary[])[],
): readonly SeriesSummary[] {
  const all = [...series, ...[...drops].reverse().flat()]
  return [...new Map(all.map((one) => [one.id, one])).values()]
}
