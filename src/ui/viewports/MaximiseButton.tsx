import { ActionIcon } from '@mantine/core'
import { IconArrowsDiagonal, IconArrowsDiagonalMinimize2 } from '@tabler/icons-react'
import { useActions } from '../appContext.ts'

interface MaximiseButtonProps {
  readonly paneId: string
  readonly name: string
  readonly isLarge: boolean
}

/** Shows on hover and on focus. */
export function MaximiseButton({ paneId, name, isLarge }: MaximiseButtonProps) {
  const actions = useActions()
  return (
    <ActionIcon
      size="sm"
      variant="default"
      aria-label={isLarge ? 'Show all views' : `Show the ${name.toLowerCase()} view large`}
      onClick={() => actions.maximisePane(isLarge ? null : paneId)}
    >
      {isLarge ? <IconArrowsDiagonalMinimize2 size="0.875rem" /> : <IconArrowsDiagonal size="0.875rem" />}
    </ActionIcon>
  )
}
