import { Menu } from '@mantine/core'
import type { IconFile } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './commands.module.css'
import { useCommand } from './useCommand.ts'

export interface CommandItemProps {
  /** Id of an entry in the table of commands. */
  readonly command: string
  readonly Icon: typeof IconFile
  /** In place of the command's title. */
  readonly children?: ReactNode
}

/** A row of a menu that stands for a command, with its key at the end. */
export function CommandItem({ command, Icon, children }: CommandItemProps) {
  const { title, keyText, ariaKeys, isEnabled, run } = useCommand(command)
  return (
    <Menu.Item
      leftSection={<Icon size="1rem" />}
      rightSection={keyText && <span className={styles.itemKey}>{keyText}</span>}
      aria-keyshortcuts={ariaKeys}
      disabled={!isEnabled}
      onClick={run}
    >
      {children ?? title}
    </Menu.Item>
  )
}
