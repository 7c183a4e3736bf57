import type { UtteranceItem } from '../../state/appState.ts'
import { selectNamesFindings, toValidStatements } from '../../state/selectors.ts'
import { useApp } from '../appContext.ts'
import { selectAllFindings, useFindingLabel } from '../text/findingLabel.ts'
import { AddFinding } from './AddFinding.tsx'
import styles from './dictation.module.css'
import { SaidChip } from './SaidChip.tsx'

/** Why an utterance has no chips. */
function Nothing({ item }: { readonly item: UtteranceItem }) {
  const all = useApp(selectAllFindings)
  if (item.phase !== 'ready') return null
  const isEmptied = item.edits.statuses.some(({ status }) => status === null)
  if (isEmptied) return <span className={styles.heardMark}>Removed by you</span>
  // Where no word could be made out nobody knows whether a finding was among them.
  const isDoubtful = item.edits.text === null && item.transcript === ''
  return <span className={styles.heardMark}>{isDoubtful ? 'No finding made out' : `None of ${all}`}</span>
}

/** What the utterance says, each to be corrected, and the way to add what it does not say yet. */
export function SaidChips({ item, number }: { readonly item: UtteranceItem; readonly number: number }) {
  const toLabel = useFindingLabel()
  const statements = toValidStatements(item)
  const namesFindings = useApp(selectNamesFindings)
  return (
    <div className={styles.chips}>
      {statements.length === 0 && namesFindings && <Nothing item={item} />}
      {statements.map((statement, at) => (
        <SaidChip
          // biome-ignore lint/suspicious/noArrayIndexKey: one finding may be stated of several places
          key={`${statement.findingId} ${at}`}
          utteranceId={item.id}
          statement={statement}
          label={toLabel(statement.findingId)}
        />
      ))}
      {namesFindings && <AddFinding utteranceId={item.id} number={number} />}
    </div>
  )
}
