import { useMemo } from 'react'
import { groupByStudy } from '../../domain/study/comparisons.ts'
import { formatStudyDate } from '../../domain/study/studyMoment.ts'
import type { SeriesSummary } from '../../domain/volume/series.ts'
import { selectListedSeries } from '../../state/listedSeries.ts'
import { useApp } from '../appContext.ts'
import { formatName } from '../text/formatIdentity.ts'
import { SeriesEntry } from './SeriesEntry.tsx'
import styles from './series.module.css'

/** Patients by name or ID, as far as headers tell. */
const countPatients = (all: readonly SeriesSummary[]): number =>
  new Set(all.map(({ identity }) => formatName(identity))).size

interface StudyGroupProps {
  readonly series: readonly SeriesSummary[]
  /** Its place among those listed, from 1. */
  readonly number: number
  readonly isPatientNamed: boolean
}

/** A study's series under its date and description; whose it is where there are several patients. */
function StudyGroup({ series, number, isPatientNamed }: StudyGroupProps) {
  const isShown = useApp((state) => state.view.isIdentityShown)
  const { identity } = series[0]
  const date = isShown ? formatStudyDate(identity?.studyDate ?? null) : null
  const name = isShown && isPatientNamed ? formatName(identity) : null
  const words = [name, date, identity?.studyDescription].filter(Boolean).join(' · ')
  return (
    <section aria-label={words || `Study ${number}`}>
      <h4 className={styles.study} title={words}>
        {words || `Study ${number}`}
      </h4>
      <ul className={styles.list}>
        {series.map((one) => (
          <SeriesEntry key={one.id} series={one} />
        ))}
      </ul>
    </section>
  )
}

/** The series of this visit by their studies; first those of the drop that the study being read came from, best for a chest first. */
export function SeriesList() {
  const series = useApp(selectListedSeries)
  const groups = useMemo(() => groupByStudy(series), [series])
  if (series.length === 0) return null
  return (
    <div className={styles.section} data-owns-arrows>
      <h3 className={styles.head}>
        Series <span className={styles.count}>{series.length}</span>
      </h3>
      {groups.length === 1 ? (
        <ul className={styles.list}>
          {series.map((one) => (
            <SeriesEntry key={one.id} series={one} />
          ))}
        </ul>
      ) : (
        groups.map((group, n) => (
          <StudyGroup key={group[0].id} series={group} number={n + 1} isPatientNamed={countPatients(series) > 1} />
        ))
      )}
    </div>
  )
}
