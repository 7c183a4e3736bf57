import { ActionIcon, Tooltip } from '@mantine/core'
import { IconFileExport } from '@tabler/icons-react'
import { useRead } from '../appContext.ts'
import { CommandIcon } from '../parts/CommandIcon.tsx'

/** Saves the measures as a DICOM structured report; where the study can have none, it says why. */
export function SaveReport() {
  const reason = useRead((study) => study.measures.whyNoReport)
  const icon = <IconFileExport size="0.875rem" />
  if (reason === null)
    return (
      <CommandIcon command="measure.report" size="sm" data-testid="save-report">
        {icon}
      </CommandIcon>
    )
  // Not `disabled`: then neither pointer nor keyboard would come to the reason.
  const label = `No DICOM structured report: ${reason}`
  return (
    <Tooltip label={label} multiline maw={320}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        data-disabled
        aria-disabled
        aria-label={label}
        data-testid="save-report"
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  )
}
