import { Popover, UnstyledButton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import styles from './dictation.module.css'
import { FindingPicker } from './FindingPicker.tsx'

/** Adds a finding that the utterance does not state yet. */
export function AddFinding({ utteranceId, number }: { readonly utteranceId: string; readonly number: number }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="top-start" shadow="md" width="17rem" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={styles.add}
          aria-label={`Add a finding to utterance ${number}`}
          title="Add a finding"
          data-testid={`add-${utteranceId}`}
          onClick={() => setIsOpen(!isOpen)}
        >
          <IconPlus size="0.75rem" stroke={2} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={styles.picker}>
        <FindingPicker utteranceId={utteranceId} onDone={() => setIsOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}
