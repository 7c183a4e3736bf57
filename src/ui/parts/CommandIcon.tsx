import { ActionIcon, type ActionIconProps, Tooltip } from '@mantine/core'
import { useCommand } from './useCommand.ts'

export interface CommandIconProps extends ActionIconProps {
  /** Id of an entry in the table of commands. */
  readonly command: string
  readonly 'aria-pressed'?: boolean
  readonly 'data-testid'?: string
}

/** An icon that stands for a command: its title and key in the tooltip, dimmed while it would do nothing. */
export function CommandIcon({ command, ...props }: CommandIconProps) {
  const { title, tip, ariaKeys, isEnabled, run } = useCommand(command)
  return (
    <Tooltip label={tip}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={title}
        aria-keyshortcuts={ariaKeys}
        disabled={!isEnabled}
        onClick={run}
        {...props}
      />
    </Tooltip>
  )
}
