import { selectIsComparing } from '../../state/selectors.ts'
import { useApp, useRead } from '../appContext.ts'
import { ComparisonBar } from './ComparisonBar.tsx'
import { CurrentBar } from './CurrentBar.tsx'
import { EmptyStage } from './EmptyStage.tsx'
import { OpeningCurtain } from './OpeningCurtain.tsx'
import { OpeningOverlay } from './OpeningOverlay.tsx'
import styles from './stage.module.css'
import { ViewportGrid } from './ViewportGrid.tsx'

/** The current study, and a similar case beside it once one is chosen. The current views stay mounted throughout. */
export function Stage() {
  const isComparing = useApp(selectIsComparing)
  const isEmpty = useRead((study) => study.study === null)
  return (
    <div className={styles.stage} data-comparing={isComparing}>
      <div className={styles.half}>
        {isComparing && <CurrentBar />}
        <div className={styles.views}>
          <ViewportGrid viewerName="current" />
          {isEmpty ? <EmptyStage /> : <OpeningCurtain />}
        </div>
      </div>
      {isComparing && (
        <div className={styles.half}>
          <ComparisonBar />
          <div className={styles.views}>
            <ViewportGrid viewerName="comparison" />
            <OpeningOverlay />
          </div>
        </div>
      )}
    </div>
  )
}
