import { Button, type ButtonProps } from '@mantine/core'
import { useCommand } from './useCommand.ts'

export interface CommandButtonProps extends ButtonProps {
  /** Id of an entry in the table of commands. */
  readonly command: string
  readonly 'data-testid'?: string
}

/** A button with words of its own that stands for a command: title and key show on rest. */
export function CommandButton({ command, ...props }: CommandButtonProps) {
  const { tip, ariaKeys, isEnabled, run } = useCommand(command)
  return (
    <Button variant="default" title={tip} aria-keyshortcuts={ariaKeys} disabled={!isEnabled} onClick={run} {...props} />
  )
}
