import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import type { ComparedStudy } from '../../domain/study/comparisons.ts'
import { formatStudyDate } from '../../domain/study/studyMoment.ts'
import { selectComparisons } from '../../state/comparisonSelectors.ts'
import { useActions, useApp } from '../appContext.ts'
import { formatSpacingMm } from '../text/formatCt.ts'
import { formatSeries } from '../text/formatIdentity.ts'
import { formatInterval, toKind, toWarning } from '../text/formatPrior.ts'
import styles from './studies.module.css'

function PriorEntry({ study }: { readonly study: ComparedStudy }) {
  const actions = useActions()
  const isShown = useApp(({ view }) => view.isIdentityShown)
  const besideId = useApp(({ desk }) => desk.prior?.id ?? null)
  const [best] = study.series
  const isBeside = study.series.some(({ id }) => id === besideId)
  const date = isShown ? formatStudyDate(study.date) : null
  const title = [toKind(study), date].filter(Boolean).join(' · ')
  const line = [toWarning(study), formatInterval(study.days)].filter(Boolean).join(' · ')
  const series = [formatSeries(best, isShown), best.spacingMm && formatSpacingMm(best.spacingMm), best.kernel]
  return (
    <li>
      <UnstyledButton
        className={styles.entry}
        aria-pressed={isBeside}
        data-testid={`compare-${best.id}`}
        data-kinship={study.kinship}
        data-order={study.order}
        onClick={() => (isBeside ? actions.closePrior() : actions.compareWith(best.id))}
      >
        <span className={styles.entryTitle}>{title}</span>
        {line && <span className={styles.entryText}>{line}</span>}
        <span className={styles.entryText}>{series.filter(Boolean).join(' · ')}</span>
      </UnstyledButton>
    </li>
  )
}

/** What is not known to be of the patient is listed when it is asked for. */
function OtherStudies({ studies }: { readonly studies: readonly ComparedStudy[] }) {
  const [isOpen, setOpen] = useState(false)
  if (studies.length === 0) return null
  return (
    <>
      <UnstyledButton
        className={styles.more}
        aria-expanded={isOpen}
        data-testid="compare-others"
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? 'Hide the other studies' : `Compare with another study (${studies.length})`}
      </UnstyledButton>
      {isOpen && <Entries studies={studies} />}
    </>
  )
}

const Entries = ({ studies }: { readonly studies: readonly ComparedStudy[] }) => (
  <ul className={styles.list}>
    {studies.map((study) => (
      <PriorEntry key={study.series[0].id} study={study} />
    ))}
  </ul>
)

/** Studies to lay beside the one being read: those of its patient, and, on request, any other. */
export function PriorList() {
  const compared = useApp(selectComparisons)
  if (compared.length === 0) return null
  const own = compared.filter(({ kinship }) => kinship === 'same')
  const others = compared.filter(({ kinship }) => kinship !== 'same')
  return (
    <div className={styles.section} data-testid="priors">
      <h3 className={styles.sectionTitle}>Compare</h3>
      {own.length > 0 && <Entries studies={own} />}
      <OtherStudies studies={others} />
    </div>
  )
}
