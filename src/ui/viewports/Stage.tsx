import type { StudyRole } from '../../domain/layout/layout.ts'
import { selectShownLayout } from '../../state/layoutSelectors.ts'
import { useApp, useRead } from '../appContext.ts'
import { ComparisonBar } from './ComparisonBar.tsx'
import { CurrentBar } from './CurrentBar.tsx'
import { EmptyStage } from './EmptyStage.tsx'
import { OpeningCurtain } from './OpeningCurtain.tsx'
import { OpeningOverlay } from './OpeningOverlay.tsx'
import { PriorBar } from './PriorBar.tsx'
import styles from './stage.module.css'
import { ViewportGrid } from './ViewportGrid.tsx'

function CurrentCover() {
  const isEmpty = useRead((study) => study.study === null)
  return isEmpty ? <EmptyStage /> : <OpeningCurtain />
}

/** Title of what lies beside: a case of a library, or another study. */
function BesideBar() {
  const isCase = useApp(({ desk }) => (desk.comparisonCaseId ?? desk.openingCaseId) !== null)
  return isCase ? <ComparisonBar /> : <PriorBar />
}

/** What belongs to a study beside its panes: its title bar, where there are several, and what lies over it for a while. */
const PARTS = {
  current: { Bar: CurrentBar, Cover: CurrentCover },
  comparison: { Bar: BesideBar, Cover: OpeningOverlay },
} as const satisfies Record<StudyRole, object>

const ALONE: readonly StudyRole[] = ['current']
const BOTH: readonly StudyRole[] = ['current', 'comparison']

/** Panes of both studies in one grid, under the titles of both. */
function MixedStage() {
  const { panes, solid } = useApp(selectShownLayout)
  return (
    <div className={styles.stage}>
      <div className={styles.half}>
        <div className={styles.bars}>
          <CurrentBar />
          <BesideBar />
        </div>
        <div className={styles.views}>
          <ViewportGrid panes={panes} solid={solid} />
          <CurrentCover />
        </div>
      </div>
    </div>
  )
}

/** The studies of the layout side by side. The current views stay mounted throughout. */
export function Stage() {
  const { panes, isMixed, solid } = useApp(selectShownLayout)
  if (isMixed) return <MixedStage />
  const roles = panes.some(({ study }) => study === 'comparison') ? BOTH : ALONE
  return (
    <div className={styles.stage} data-comparing={roles.length > 1}>
      {roles.map((study) => {
        const { Bar, Cover } = PARTS[study]
        return (
          <div key={study} className={styles.half}>
            {roles.length > 1 && <Bar />}
            <div className={styles.views}>
              <ViewportGrid
                panes={panes.filter((pane) => pane.study === study)}
                solid={study === 'current' ? solid : undefined}
              />
              <Cover />
            </div>
          </div>
        )
      })}
    </div>
  )
}
