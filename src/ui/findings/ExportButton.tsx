import { IconDownload } from '@tabler/icons-react'
import { CommandIcon } from '../parts/CommandIcon.tsx'

/** Saves what was seen and said as a file. */
export const ExportButton = () => (
  <CommandIcon command="findings.export" data-testid="export-button">
    <IconDownload size="1rem" stroke={1.6} />
  </CommandIcon>
)
