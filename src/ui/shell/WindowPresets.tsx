import { Tooltip, UnstyledButton } from '@mantine/core'
import { WINDOW_PRESETS, type WindowPreset } from '../../domain/volume/windowPresets.ts'
import { useApp } from '../appContext.ts'
import { useCommand } from '../parts/useCommand.ts'
import { formatWindow } from '../text/formatCt.ts'
import styles from './topBar.module.css'

function PresetButton({ preset: { id, label, widthHu, centerHu } }: { readonly preset: WindowPreset }) {
  const { keyText, ariaKeys, isEnabled, run } = useCommand(`window.preset:${id}`)
  const isActive = useApp((state) => state.view.windowPreset === id)
  const window = formatWindow(widthHu, centerHu)
  return (
    <Tooltip label={keyText === null ? window : `${window} · key ${keyText}`}>
      <UnstyledButton
        className={styles.preset}
        aria-pressed={isActive}
        aria-keyshortcuts={ariaKeys}
        data-testid={`preset-${id}`}
        disabled={!isEnabled}
        onClick={run}
      >
        {label} {keyText && <span className={styles.presetKey}>{keyText}</span>}
      </UnstyledButton>
    </Tooltip>
  )
}

/** One button a window preset, with its key. */
export const WindowPresets = () => (
  <fieldset className={styles.presets} aria-label="Window">
    {WINDOW_PRESETS.map((preset) => (
      <PresetButton key={preset.id} preset={preset} />
    ))}
  </fieldset>
)
