import { assert } from '../../base/assert.ts'
import { failure, ProblemError, type Result } from '../../base/result.ts'
import type { LabelMap } from '../overlay/labelMap/readLabelMap.ts'
import { formatOf } from './formats.ts'
import { describeTooLarge } from './loadSeries.ts'
import type { ScannedSeries } from './scannedSeries.ts'

/** Labels of a series that was listed with some (`SeriesSummary.labels`). */
export async function loadLabels(series: ScannedSeries): Promise<Result<LabelMap>> {
  const { readLabels } = formatOf(series)
  try {
    assert(readLabels, `the format ${series.source.format} lists labels and reads none`)
    return await readLabels(series)
  } catch (thrown) {
    if (thrown instanceof ProblemError) return failure(thrown.problem)
    if (thrown instanceof RangeError) return failure(describeTooLarge(series))
    throw thrown
  }
}
