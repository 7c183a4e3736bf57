import { ActionIcon, Tooltip } from '@mantine/core'
import { IconLayoutBottombar, IconLayoutSidebar, IconLayoutSidebarRight } from '@tabler/icons-react'
import type { ViewState } from '../../state/appState.ts'
import { useActions, useApp } from '../appContext.ts'
import styles from './topBar.module.css'

const PANELS = [
  { panel: 'studies', label: 'Studies panel', key: 'Alt+1', Icon: IconLayoutSidebar },
  { panel: 'dictation', label: 'Dictation panel', key: 'Alt+2', Icon: IconLayoutBottombar },
  { panel: 'findings', label: 'Findings and similar cases', key: 'Alt+3', Icon: IconLayoutSidebarRight },
] as const satisfies readonly { panel: keyof ViewState['panels']; [other: string]: unknown }[]

/** Shows and hides the panels around the views. */
export function PanelToggles() {
  const actions = useActions()
  const panels = useApp((state) => state.view.panels)
  return (
    <div className={styles.toggles}>
      {PANELS.map(({ panel, label, key, Icon }) => (
        <Tooltip key={panel} label={`${label} (${key})`}>
          <ActionIcon
            variant="subtle"
            color="gray"
            className={styles.toggle}
            aria-label={label}
            aria-pressed={panels[panel]}
            onClick={() => actions.togglePanel(panel)}
          >
            <Icon size="1.0625rem" stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      ))}
    </div>
  )
}
