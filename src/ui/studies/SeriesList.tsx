import { UnstyledButton } from '@mantine/core'
import type { SeriesSummary } from '../../domain/volume/series.ts'
import { useActions, useApp } from '../appContext.ts'
import { formatSpacingMm } from '../text/formatCt.ts'
import styles from './studies.module.css'

function describeSeries({ kind, sliceCount, spacingMm }: SeriesSummary): string {
  const slices = `${sliceCount} ${sliceCount === 1 ? 'slice' : 'slices'}`
  return [kind, slices, spacingMm && formatSpacingMm(spacingMm)].filter(Boolean).join(' · ')
}

function SeriesEntry({ series, isChosen }: { readonly series: SeriesSummary; readonly isChosen: boolean }) {
  const actions = useActions()
  return (
    <li>
      <UnstyledButton
        className={styles.entry}
        disabled={series.chestScore <= 0}
        aria-current={isChosen}
        data-testid={`series-${series.id}`}
        onClick={() => actions.chooseSeries(series.id)}
      >
        <span className={styles.entryTitle}>{series.title}</span>
        <span className={styles.entryText}>{describeSeries(series)}</span>
        <span className={styles.entryReason}>{series.reason}</span>
      </UnstyledButton>
    </li>
  )
}

/** The series of the last drop, best for a chest first, each with the reason why it is or is not the one to read. */
export function SeriesList() {
  const series = useApp((state) => state.study.series)
  const chosenSeriesId = useApp((state) => state.study.chosenSeriesId)
  if (series.length === 0) return null
  return (
    <div className={styles.section}>
      <h3 className={styles.sectionTitle}>
        Series <span className={styles.count}>{series.length}</span>
      </h3>
      <ul className={styles.list}>
        {series.map((one) => (
          <SeriesEntry key={one.id} series={one} isChosen={one.id === chosenSeriesId} />
        ))}
      </ul>
    </div>
  )
}
