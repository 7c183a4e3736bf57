import { Menu, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconEar } from '@tabler/icons-react'
import { useActions, useApp } from '../appContext.ts'
import { CommandItem } from '../parts/CommandItem.tsx'
import styles from './dictation.module.css'

const SYSTEM = 'As the system has it'
/** No device has it for its id. */
const SYSTEM_VALUE = ''

/** Which microphone listens, and whether it hears. */
export function MicrophoneMenu() {
  const actions = useActions()
  const devices = useApp((state) => state.microphone.devices)
  const deviceId = useApp((state) => state.microphone.deviceId)
  const chosen = devices.find(({ id }) => id === deviceId)
  const name = deviceId === null ? SYSTEM : (chosen?.label ?? 'The chosen microphone')
  return (
    <Menu position="top-start" width="19rem" shadow="md">
      <Menu.Target>
        <UnstyledButton
          className={styles.device}
          title={`Microphone: ${name}`}
          aria-label={`Microphone: ${name}. Choose or test it`}
          data-testid="mic-menu"
        >
          <span className={styles.deviceName}>{deviceId === null ? 'Microphone' : name}</span>
          <IconChevronDown size="0.75rem" aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          aria-label="Microphone"
          value={deviceId ?? SYSTEM_VALUE}
          onChange={(id) => actions.chooseMicrophone(id === SYSTEM_VALUE ? null : id)}
        >
          <Menu.Label>Microphone</Menu.Label>
          <Menu.RadioItem value={SYSTEM_VALUE} closeMenuOnClick>
            {SYSTEM}
          </Menu.RadioItem>
          {devices.map(({ id, label }) => (
            <Menu.RadioItem key={id} value={id} closeMenuOnClick data-testid="mic-device">
              {label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        {devices.length === 0 && <Menu.Label>The others are listed once the browser has allowed one.</Menu.Label>}
        <Menu.Divider />
        <CommandItem command="speak.test" Icon={IconEar} />
      </Menu.Dropdown>
    </Menu>
  )
}
