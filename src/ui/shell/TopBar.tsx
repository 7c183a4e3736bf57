import { IconHelp, IconRestore } from '@tabler/icons-react'
import { CommandIcon } from '../parts/CommandIcon.tsx'
import { LayoutMenu } from './LayoutMenu.tsx'
import { ModelChip } from './ModelChip.tsx'
import { OpenMenu } from './OpenMenu.tsx'
import { PanelToggles } from './PanelToggles.tsx'
import { PatientStrip } from './PatientStrip.tsx'
import styles from './topBar.module.css'
import { WindowPresets } from './WindowPresets.tsx'

export function TopBar() {
  return (
    <section className={styles.bar} aria-label="Tools">
      <h1 className={styles.wordmark}>
        Vox<span>CT</span>
      </h1>
      <OpenMenu />
      <PatientStrip />
      <WindowPresets />
      <LayoutMenu />
      <CommandIcon command="views.reset">
        <IconRestore size="1rem" />
      </CommandIcon>
      <ModelChip />
      <PanelToggles />
      <CommandIcon command="help.sheet">
        <IconHelp size="1.125rem" />
      </CommandIcon>
    </section>
  )
}
