import { NativeSelect } from '@mantine/core'
import { BUTTONS, DRAGS, type MouseDrag, type MouseWheel, WHEELS } from '../../domain/layout/mouse.ts'
import { useActions, useApp } from '../appContext.ts'
import styles from './keys.module.css'

const DRAG_NAMES: Readonly<Record<MouseDrag, string>> = { window: 'Window', scroll: 'Scroll', pan: 'Pan', zoom: 'Zoom' }
const WHEEL_NAMES: Readonly<Record<MouseWheel, string>> = {
  scroll: 'Scroll; with Ctrl zoom',
  zoom: 'Zoom; with Ctrl scroll',
}
const BUTTON_NAMES = { left: 'Left drag', middle: 'Middle drag', right: 'Right drag' } as const

/** What buttons and wheel do over the views. */
export function MouseSection() {
  const actions = useActions()
  const mouse = useApp((state) => state.view.mouse)
  return (
    <fieldset className={styles.mouse}>
      <legend>Mouse</legend>
      {BUTTONS.map((button) => (
        <NativeSelect
          key={button}
          size="xs"
          label={BUTTON_NAMES[button]}
          data={DRAGS.map((value) => ({ value, label: DRAG_NAMES[value] }))}
          value={mouse[button]}
          onChange={({ currentTarget }) => {
            const drag = DRAGS.find((one) => one === currentTarget.value)
            if (drag) actions.setMouse({ [button]: drag })
          }}
        />
      ))}
      <NativeSelect
        size="xs"
        label="Wheel"
        data={WHEELS.map((value) => ({ value, label: WHEEL_NAMES[value] }))}
        value={mouse.wheel}
        onChange={({ currentTarget }) => {
          const wheel = WHEELS.find((one) => one === currentTarget.value)
          if (wheel) actions.setMouse({ wheel })
        }}
      />
    </fieldset>
  )
}
