import { Button, Menu, Tooltip, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconContrast2 } from '@tabler/icons-react'
import { WINDOW_PRESETS, type WindowPreset } from '../../domain/volume/windowPresets.ts'
import { useApp } from '../appContext.ts'
import { CommandItem } from '../parts/CommandItem.tsx'
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

/** Where there is no room for buttons. */
function PresetMenu() {
  const preset = useApp((state) => state.view.windowPreset)
  const label = WINDOW_PRESETS.find(({ id }) => id === preset)?.label ?? 'Window'
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button
          flex="none"
          size="compact-sm"
          variant="default"
          data-testid="preset-menu"
          rightSection={<IconChevronDown size="0.8125rem" />}
        >
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {WINDOW_PRESETS.map(({ id }) => (
          <CommandItem key={id} command={`window.preset:${id}`} Icon={IconContrast2} />
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** The window presets: a button each, with its key, or a menu. */
export const WindowPresets = () => (useApp((state) => state.view.isNarrow) ? <PresetMenu /> : <PresetButtons />)

const PresetButtons = () => (
  <fieldset className={styles.presets} aria-label="Window">
    {WINDOW_PRESETS.map((preset) => (
      <PresetButton key={preset.id} preset={preset} />
    ))}
  </fieldset>
)
