import { ActionIcon, Tooltip } from '@mantine/core'
import { IconFileExport } from '@tabler/icons-react'
import { useRead } from '../appContext.ts'
import { CommandIcon } from './CommandIcon.tsx'

interface SaveReportProps {
  /** Id of the command that saves it. */
  readonly command: string
  /** What is saved, e.g. "structured report". */
  readonly name: string
  readonly testId: string
}

/** Saves something about the study as a DICOM file; where the study can have none, it says why. */
export function SaveReport({ command, name, testId }: SaveReportProps) {
  const reason = useRead((study) => study.measures.whyNoReport)
  const icon = <IconFileExport size="0.875rem" />
  if (reason === null)
    return (
      <CommandIcon command={command} size="sm" data-testid={testId}>
        {icon}
      </CommandIcon>
    )
  // Not `disabled`: then neither pointer nor keyboard would come to the reason.
  const label = `No DICOM ${name}: ${reason}`
  return (
    <Tooltip label={label} multiline maw={320}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        data-disabled
        aria-disabled
        aria-label={label}
        data-testid={testId}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  )
}
