import { IconMinus, IconPlus } from '@tabler/icons-react'
import type { UtteranceItem } from '../../state/appState.ts'
import { useApp } from '../appContext.ts'
import { selectAllFindings, useFindingLabel } from '../text/findingLabel.ts'
import styles from './dictation.module.css'

/** What the utterance says: plus present, minus absent. */
export function SaidChips({ item }: { readonly item: UtteranceItem }) {
  const all = useApp(selectAllFindings)
  const toLabel = useFindingLabel()
  if (item.phase !== 'ready') return null
  if (item.said.length === 0) return <span className={styles.heardMark}>None of {all}</span>
  return (
    <span className={styles.chips}>
      {item.said.map(({ findingId, status, margin }) => {
        const Sign = status === 'present' ? IconPlus : IconMinus
        return (
          <span
            key={findingId}
            className={styles.chip}
            data-status={status}
            title={`Said ${status}, margin ${margin.toFixed(3)}`}
          >
            <Sign size="0.6875rem" stroke={2.6} aria-label={status} />
            {toLabel(findingId)}
          </span>
        )
      })}
    </span>
  )
}
