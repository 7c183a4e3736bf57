import { IconLayoutBottombar, IconLayoutSidebar, IconLayoutSidebarRight } from '@tabler/icons-react'
import type { ViewState } from '../../state/appState.ts'
import { isPanelShown } from '../../state/viewSetters.ts'
import { useApp } from '../appContext.ts'
import { CommandIcon } from '../parts/CommandIcon.tsx'
import styles from './topBar.module.css'

const PANELS = [
  { panel: 'studies', Icon: IconLayoutSidebar },
  { panel: 'dictation', Icon: IconLayoutBottombar },
  { panel: 'findings', Icon: IconLayoutSidebarRight },
] as const satisfies readonly { panel: keyof ViewState['panels']; [other: string]: unknown }[]

/** Shows and hides the panels around the views; in a narrow window the rail beside them does. */
export function PanelToggles() {
  const isNarrow = useApp((state) => state.view.isNarrow)

  const shown = useApp((state) =>
    PANELS.filter(({ panel }) => isPanelShown(state, panel))
      .map(({ panel }) => panel)
      .join(),
  )
  if (isNarrow) return null
  return (
    <div className={styles.toggles}>
      {PANELS.map(({ panel, Icon }) => (
        <CommandIcon
          key={panel}
          command={`panels.${panel}`}
          className={styles.toggle}
          aria-pressed={shown.split(',').includes(panel)}
        >
          <Icon size="1.0625rem" stroke={1.6} />
        </CommandIcon>
      ))}
    </div>
  )
}
