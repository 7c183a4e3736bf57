import { ActionIcon, Tooltip } from '@mantine/core'
import { IconHelp, IconRestore } from '@tabler/icons-react'
import { useActions, useApp, useAppContext } from '../appContext.ts'
import { ModelChip } from './ModelChip.tsx'
import { OpenMenu } from './OpenMenu.tsx'
import { PanelToggles } from './PanelToggles.tsx'
import { StudySummary } from './StudySummary.tsx'
import styles from './topBar.module.css'
import { WindowPresets } from './WindowPresets.tsx'

function ResetButton() {
  const actions = useActions()
  const isDisabled = useApp((state) => state.study.current === null)
  return (
    <Tooltip label="Reset zoom, position and crosshair (R)">
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label="Reset zoom, position and crosshair"
        disabled={isDisabled}
        onClick={() => actions.resetView()}
      >
        <IconRestore size="1rem" />
      </ActionIcon>
    </Tooltip>
  )
}

function HelpButton() {
  const { dialogs } = useAppContext()
  return (
    <Tooltip label="Keys and how to (?)">
      <ActionIcon variant="subtle" color="gray" aria-label="Help" onClick={() => dialogs.show('help')}>
        <IconHelp size="1.125rem" />
      </ActionIcon>
    </Tooltip>
  )
}

export function TopBar() {
  return (
    <section className={styles.bar} aria-label="Tools">
      <h1 className={styles.wordmark}>
        Vox<span>CT</span>
      </h1>
      <OpenMenu />
      <StudySummary />
      <WindowPresets />
      <ResetButton />
      <ModelChip />
      <PanelToggles />
      <HelpButton />
    </section>
  )
}
