import { Menu, UnstyledButton } from '@mantine/core'
import { IconCheck, IconFocusCentered, IconPencil, IconTrash } from '@tabler/icons-react'
import { type RefObject, useRef } from 'react'
import { STATUS_TEXT, type Statement } from '../../domain/statements/statement.ts'
import { useActions } from '../appContext.ts'
import { describeFooting, describeReadings, formatWhere, toFooting } from '../text/statementText.ts'
import styles from './dictation.module.css'
import { keepFocusNear } from './keepFocus.ts'
import { STATUS_SIGNS, STATUSES, toTitle } from './statusSigns.ts'

interface SaidChipProps {
  readonly utteranceId: string
  readonly statement: Statement
  readonly label: string
}

interface StatusMenuProps extends Omit<SaidChipProps, 'label'> {
  readonly chip: RefObject<HTMLButtonElement | null>
}

/** Where the model sees it, and what can be said of the finding instead. */
function StatusMenu({ utteranceId, statement, chip }: StatusMenuProps) {
  const actions = useActions()
  const { findingId, place } = statement
  const remove = () => {
    const keepFocus = keepFocusNear(chip.current)
    actions.setStatus(utteranceId, { findingId, status: null, place })
    keepFocus()
  }
  return (
    <Menu.Dropdown>
      <Menu.Label>
        {statement.words && <span className={styles.clause}>“{statement.words}”</span>}
        <span className={styles.clause}>{describeReadings(statement)}</span>
      </Menu.Label>
      <Menu.Item
        leftSection={<IconFocusCentered size="0.875rem" stroke={2} />}
        data-testid="show-statement"
        onClick={() => actions.selectStatement(utteranceId, findingId)}
      >
        Show in the scan
      </Menu.Item>
      <Menu.Divider />
      {STATUSES.map((status) => {
        const Sign = STATUS_SIGNS[status]
        const isCurrent = status === statement.status
        return (
          <Menu.Item
            key={status}
            aria-current={isCurrent || undefined}
            data-autofocus={isCurrent || undefined}
            leftSection={<Sign size="0.875rem" stroke={2.2} />}
            rightSection={isCurrent && <IconCheck size="0.875rem" />}
            data-testid={`set-${status}`}
            onClick={() => actions.setStatus(utteranceId, { findingId, status, place })}
          >
            {toTitle(STATUS_TEXT[status])}
          </Menu.Item>
        )
      })}
      <Menu.Divider />
      <Menu.Item leftSection={<IconTrash size="0.875rem" />} data-testid="set-removed" onClick={remove}>
        Remove
      </Menu.Item>
    </Menu.Dropdown>
  )
}

/** One statement: its sign, finding, place and size; how firm it is shows in its border. A press offers to correct it. */
export function SaidChip({ utteranceId, statement, label }: SaidChipProps) {
  const { status, findingId } = statement
  const chip = useRef<HTMLButtonElement>(null)
  const Sign = STATUS_SIGNS[status]
  const footing = toFooting(statement)
  const where = formatWhere(statement)
  const told = `${toTitle(STATUS_TEXT[status])}, ${describeFooting(statement)}. ${describeReadings(statement)}`
  return (
    <Menu position="top-start" shadow="md" width="13rem">
      <Menu.Target>
        <UnstyledButton
          ref={chip}
          className={styles.chip}
          data-testid={`chip-${findingId}`}
          data-status={status}
          data-footing={footing}
          title={told}
          aria-label={[label, where, told].filter(Boolean).join('. ')}
        >
          <Sign size="0.6875rem" stroke={2.6} aria-hidden />
          <span className={styles.chipText}>{[label, where].filter(Boolean).join(' · ')}</span>
          {footing === 'set' && <IconPencil className={styles.setMark} size="0.6875rem" aria-hidden />}
        </UnstyledButton>
      </Menu.Target>
      <StatusMenu utteranceId={utteranceId} statement={statement} chip={chip} />
    </Menu>
  )
}
