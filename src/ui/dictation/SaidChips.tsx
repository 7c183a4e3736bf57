import { IconHistory, IconMinus, IconPlus, IconQuestionMark } from '@tabler/icons-react'
import type { UtteranceItem } from '../../state/appState.ts'
import { useApp } from '../appContext.ts'
import { selectAllFindings, useFindingLabel } from '../text/findingLabel.ts'
import styles from './dictation.module.css'

const SIGNS = { present: IconPlus, absent: IconMinus, uncertain: IconQuestionMark, resolved: IconHistory } as const

const TITLES = {
  present: 'Said present',
  absent: 'Said absent',
  uncertain: 'Unsure',
  resolved: 'Said to be resolved, or of the past',
} as const

/** What the utterance says: plus present, minus absent, question mark where sound and words differ. */
export function SaidChips({ item }: { readonly item: UtteranceItem }) {
  const all = useApp(selectAllFindings)
  const toLabel = useFindingLabel()
  if (item.phase !== 'ready') return null
  if (item.statements.length === 0) return <span className={styles.heardMark}>None of {all}</span>
  return (
    <span className={styles.chips}>
      {item.statements.map(({ findingId, status }) => {
        const Sign = SIGNS[status]
        return (
          <span key={findingId} className={styles.chip} data-status={status} title={TITLES[status]}>
            <Sign size="0.6875rem" stroke={2.6} aria-label={status} />
            {toLabel(findingId)}
          </span>
        )
      })}
    </span>
  )
}
