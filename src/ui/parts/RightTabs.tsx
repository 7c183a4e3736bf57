import { UnstyledButton } from '@mantine/core'
import { selectReportStatus } from '../../state/reportSelectors.ts'
import { useActions, useApp, useRead } from '../appContext.ts'
import styles from './rightTabs.module.css'
import { useCommand } from './useCommand.ts'

const PANELS = [
  { id: 'findings', title: 'Findings' },
  { id: 'report', title: 'Report' },
] as const

/** The title of what the right column holds, and the way to the other. */
export function RightTabs() {
  const { showRight } = useActions()
  const shown = useApp((state) => state.view.rightPanel)
  const status = useRead(selectReportStatus)
  const { tip, ariaKeys, isEnabled } = useCommand('report.show')
  return (
    <div className={styles.tabs}>
      {PANELS.map(({ id, title }) =>
        id === shown ? (
          <h2 key={id} className={styles.shown}>
            {title}
          </h2>
        ) : (
          <UnstyledButton
            key={id}
            className={styles.other}
            title={tip}
            aria-keyshortcuts={ariaKeys}
            disabled={!isEnabled}
            data-testid={`show-${id}`}
            data-status={id === 'report' ? status : undefined}
            onClick={() => showRight(id)}
          >
            {title}
          </UnstyledButton>
        ),
      )}
    </div>
  )
}
