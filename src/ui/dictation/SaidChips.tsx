import { IconMinus, IconPlus, IconQuestionMark } from '@tabler/icons-react'
import type { UtteranceItem } from '../../state/appState.ts'
import { useApp } from '../appContext.ts'
import { selectAllFindings, useFindingLabel } from '../text/findingLabel.ts'
import styles from './dictation.module.css'

const SIGNS = { present: IconPlus, absent: IconMinus, uncertain: IconQuestionMark } as const

const TITLES = {
  present: 'Said present',
  absent: 'Said absent',
  uncertain: 'Unsure: heard as absent, but the words around it do not deny it',
} as const

/** What the utterance says: plus present, minus absent, question mark where sound and words differ. */
export function SaidChips({ item }: { readonly item: UtteranceItem }) {
  const all = useApp(selectAllFindings)
  const toLabel = useFindingLabel()
  if (item.phase !== 'ready') return null
  if (item.said.length === 0) return <span className={styles.heardMark}>None of {all}</span>
  return (
    <span className={styles.chips}>
      {item.said.map(({ findingId, status, margin }) => {
        const Sign = SIGNS[status]
        return (
          <span
            key={findingId}
            className={styles.chip}
            data-status={status}
            title={`${TITLES[status]}, margin ${margin.toFixed(3)}`}
          >
            <Sign size="0.6875rem" stroke={2.6} aria-label={status} />
            {toLabel(findingId)}
          </span>
        )
      })}
    </span>
  )
}
