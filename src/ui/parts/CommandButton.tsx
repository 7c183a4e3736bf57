import { Button, type ButtonProps } from '@mantine/core'
import type { ReactNode } from 'react'
import { useCommand } from './useCommand.ts'

export interface CommandButtonProps extends ButtonProps {
  /** Id of an entry in the table of commands. */
  readonly command: string
  /** In place of the command's title. */
  readonly children?: ReactNode
  readonly 'data-testid'?: string
}

/** A button that stands for a command: title and key show on rest. */
export function CommandButton({ command, children, ...props }: CommandButtonProps) {
  const { title, tip, ariaKeys, isEnabled, run } = useCommand(command)
  return (
    <Button variant="default" title={tip} aria-keyshortcuts={ariaKeys} disabled={!isEnabled} onClick={run} {...props}>
      {children ?? title}
    </Button>
  )
}
