import { IconMinus, IconPlus, IconQuestionMark } from '@tabler/icons-react'
import type { FindingRow } from '../../state/appState.ts'
import styles from './findings.module.css'
import { SAID_TEXT } from './findingText.ts'

/** Sign and word: plus present, minus absent, question mark unsure, or "not said". */
export function SaidMark({ said }: { readonly said: FindingRow['said'] }) {
  return (
    <span className={styles.said} data-said={said}>
      {said === 'present' && <IconPlus size="0.75rem" stroke={2.4} />}
      {said === 'absent' && <IconMinus size="0.75rem" stroke={2.4} />}
      {(said === 'uncertain' || said === 'question') && <IconQuestionMark size="0.75rem" stroke={2.4} />}
      {SAID_TEXT[said]}
    </span>
  )
}
