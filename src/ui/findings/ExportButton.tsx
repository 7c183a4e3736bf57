import { ActionIcon, Tooltip } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useActions } from '../appContext.ts'

/** Saves what was seen and said as a file. */
export function ExportButton() {
  const actions = useActions()
  return (
    <Tooltip label="Export the reading as JSON (E)">
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label="Export the reading"
        data-testid="export-button"
        onClick={() => actions.exportReading()}
      >
        <IconDownload size="1rem" stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  )
}
