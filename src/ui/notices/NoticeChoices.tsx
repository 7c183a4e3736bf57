import { Button } from '@mantine/core'
import { runEntry } from '../../commands/runEntry.ts'
import { findEntry } from '../../commands/table.ts'
import type { Notice } from '../../state/appState.ts'
import { useAppContext } from '../appContext.ts'
import styles from './notices.module.css'

/** Ways to go on, each a command; whichever is taken answers the notice. */
export function NoticeChoices({ notice: { id, told } }: { readonly notice: Notice }) {
  const { commands } = useAppContext()
  return (
    <div className={styles.buttons}>
      {told.choices?.map(({ title, command, slots }) => (
        <Button
          key={command}
          size="compact-xs"
          variant="default"
          data-testid={`notice-choice-${command}`}
          onClick={() => {
            if (runEntry(findEntry(command), commands, slots)) commands.actions.dismissNotice(id)
          }}
        >
          {title}
        </Button>
      ))}
    </div>
  )
}
