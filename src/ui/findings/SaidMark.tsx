import { IconHistory, IconMinus, IconPlus, IconQuestionMark } from '@tabler/icons-react'
import type { FindingRow } from '../../state/appState.ts'
import styles from './findings.module.css'
import { SAID_TEXT } from './findingText.ts'

/** Sign and word: plus present, minus absent, question mark unsure or both ways; nothing where nothing was said. */
export function SaidMark({ said }: { readonly said: FindingRow['said'] }) {
  if (said === 'not-mentioned') return null
  return (
    <span className={styles.said} data-said={said}>
      {said === 'present' && <IconPlus size="0.75rem" stroke={2.4} />}
      {said === 'absent' && <IconMinus size="0.75rem" stroke={2.4} />}
      {(said === 'uncertain' || said === 'question') && <IconQuestionMark size="0.75rem" stroke={2.4} />}
      {said === 'resolved' && <IconHistory size="0.75rem" stroke={2} />}
      {SAID_TEXT[said]}
    </span>
  )
}
