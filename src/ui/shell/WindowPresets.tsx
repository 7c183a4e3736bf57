import { Tooltip, UnstyledButton } from '@mantine/core'
import { WINDOW_PRESETS } from '../../domain/volume/windowPresets.ts'
import { useActions, useApp } from '../appContext.ts'
import { formatWindow } from '../text/formatCt.ts'
import styles from './topBar.module.css'

/** One button a window preset; the number is its key. */
export function WindowPresets() {
  const actions = useActions()
  const active = useApp((state) => state.view.windowPreset)
  const isDisabled = useApp((state) => state.study.current === null)
  return (
    <fieldset className={styles.presets} disabled={isDisabled} aria-label="Window">
      {WINDOW_PRESETS.map((preset) => (
        <Tooltip key={preset.id} label={`${formatWindow(preset.widthHu, preset.centerHu)} · key ${preset.key}`}>
          <UnstyledButton
            className={styles.preset}
            aria-pressed={active === preset.id}
            data-testid={`preset-${preset.id}`}
            onClick={() => actions.applyWindowPreset(preset.id)}
          >
            {preset.label} <span className={styles.presetKey}>{preset.key}</span>
          </UnstyledButton>
        </Tooltip>
      ))}
    </fieldset>
  )
}
