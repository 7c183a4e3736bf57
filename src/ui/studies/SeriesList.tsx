import { UnstyledButton } from '@mantine/core'
import { formatStudyDate } from '../../domain/study/studyMoment.ts'
import type { SeriesSummary } from '../../domain/volume/series.ts'
import { useActions, useApp, useRead } from '../appContext.ts'
import { toListHandle } from '../parts/paneDrag.ts'
import { formatSpacingMm } from '../text/formatCt.ts'
import { formatSeries } from '../text/formatIdentity.ts'
import styles from './studies.module.css'

function describeSeries({ kind, sliceCount, spacingMm, kernel }: SeriesSummary, date: string | null): string {
  const slices = `${sliceCount} ${sliceCount === 1 ? 'slice' : 'slices'}`
  return [date, kind, slices, spacingMm && formatSpacingMm(spacingMm), kernel].filter(Boolean).join(' · ')
}

/** Of when a series is must be told where the drop holds more than one study. */
const hasSeveralStudies = (all: readonly SeriesSummary[]): boolean =>
  new Set(all.map(({ identity }) => identity?.studyUid ?? null)).size > 1

interface SeriesEntryProps {
  readonly series: SeriesSummary
  /** It is the one on screen. */
  readonly isShown: boolean
  readonly isOpening: boolean
}

function SeriesEntry({ series, isShown, isOpening }: SeriesEntryProps) {
  const actions = useActions()
  const isIdentityShown = useApp((state) => state.view.isIdentityShown)
  const date = useApp(({ desk, view }) =>
    view.isIdentityShown && hasSeveralStudies(desk.series) ? formatStudyDate(series.identity?.studyDate ?? null) : null,
  )
  return (
    <li>
      <UnstyledButton
        className={styles.entry}
        {...(series.chestScore > 0 && toListHandle('series', series.id))}
        disabled={series.chestScore <= 0}
        aria-current={isShown}
        aria-busy={isOpening}
        data-testid={`series-${series.id}`}
        onClick={() => actions.chooseSeries(series.id)}
      >
        <span className={styles.entryTitle}>{formatSeries(series, isIdentityShown)}</span>
        <span className={styles.entryText}>{describeSeries(series, date)}</span>
        <span className={styles.entryReason}>{series.reason}</span>
      </UnstyledButton>
    </li>
  )
}

/** The series of the drop that the study being read came from, best for a chest first, each with the reason why it is or is not the one to read. */
export function SeriesList() {
  const series = useApp((state) => state.desk.series)
  const shownId = useRead((read) => read.study?.seriesId ?? null)
  const openingId = useApp((state) => state.desk.openingSeriesId)
  if (series.length === 0) return null
  return (
    <div className={styles.section}>
      <h3 className={styles.sectionTitle}>
        Series <span className={styles.count}>{series.length}</span>
      </h3>
      <ul className={styles.list}>
        {series.map((one) => (
          <SeriesEntry key={one.id} series={one} isShown={one.id === shownId} isOpening={one.id === openingId} />
        ))}
      </ul>
    </div>
  )
}
