import { Button, UnstyledButton } from '@mantine/core'
import type { MouseEvent } from 'react'
import { STATUS_TEXT, type Status } from '../../domain/statements/statement.ts'
import type { FindingRow } from '../../state/appState.ts'
import { isOpenToSettle } from '../../state/selectors.ts'
import { useActions } from '../appContext.ts'
import { formatWhere } from '../text/statementText.ts'
import styles from './findings.module.css'
import { type NumberedMention, toQuestion, toWords } from './mentions.ts'

interface FindingDetailProps {
  readonly row: FindingRow
  readonly mentions: readonly NumberedMention[]
}

/** The way to settle what was said uncertainly or both ways: the last word on it is the reader's. */
function Answer({ row }: Pick<FindingDetailProps, 'row'>) {
  const actions = useActions()
  const answer = (status: Status) => (event: MouseEvent) => {
    // The buttons go with the question: the focus goes to its row.
    event.currentTarget.closest('li')?.querySelector('button')?.focus()
    actions.settleFinding(row.id, status)
  }
  return (
    <span className={styles.answer}>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`${row.label} is present`}
        data-testid={`answer-present-${row.id}`}
        onClick={answer('present')}
      >
        Present
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`${row.label} is absent`}
        data-testid={`answer-absent-${row.id}`}
        onClick={answer('absent')}
      >
        Absent
      </Button>
    </span>
  )
}

/** The words that decide what was said of a finding, and where the reader must decide, the question. */
export function FindingDetail({ row, mentions }: FindingDetailProps) {
  const actions = useActions()
  const isOpen = isOpenToSettle(row)
  return (
    <div className={styles.detail} data-testid={`finding-detail-${row.id}`}>
      {isOpen && (
        <div className={styles.question}>
          <span>{row.said === 'question' ? toQuestion(mentions) : 'Said unsurely: which?'}</span>
          <Answer row={row} />
        </div>
      )}
      <ul className={styles.mentions} aria-label={`What was said of it: ${row.label}`}>
        {mentions.map((mention, at) => {
          const where = formatWhere(mention.statement)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: an utterance may state a finding of several places
            <li key={`${mention.utteranceId} ${at}`} className={styles.mention}>
              <UnstyledButton
                className={styles.mentionNumber}
                aria-label={`Show utterance ${mention.number}`}
                title={`Show utterance ${mention.number}`}
                data-testid={`mention-${mention.utteranceId}`}
                onClick={() => actions.selectStatement(mention.utteranceId, row.id)}
              >
                {mention.number}
              </UnstyledButton>
              <span className={styles.mentionText}>
                {`${STATUS_TEXT[mention.statement.status]}${where && `, ${where}`}: `}
                <span className={styles.mentionWords}>{toWords(mention)}</span>
              </span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
