import { useActions, useApp } from '../appContext.ts'
import { WorkProgress } from '../parts/WorkProgress.tsx'
import { formatSeries } from '../text/formatIdentity.ts'
import { FirstSlice } from './FirstSlice.tsx'
import styles from './stage.module.css'

/** Over the study on screen while another is opened: it is still the former one that is seen, named and spoken about. */
export function OpeningCurtain() {
  const actions = useActions()
  const isOpening = useApp((state) => state.desk.phase === 'working')
  const progress = useApp((state) => state.desk.progress)
  const title = useApp(({ desk, view }) => {
    const series = desk.series.find(({ id }) => id === desk.openingSeriesId)
    return series ? formatSeries(series, view.isIdentityShown) : null
  })
  if (!isOpening) return null
  return (
    <div className={styles.curtain} data-testid="opening-curtain">
      <div className={styles.curtainCard}>
        <p className={styles.cardTitle}>{title === null ? 'Opening …' : `Opening ${title} …`}</p>
        <FirstSlice />
        <WorkProgress progress={progress} onCancel={() => actions.cancelWork()} testId="stage-progress" />
      </div>
    </div>
  )
}
