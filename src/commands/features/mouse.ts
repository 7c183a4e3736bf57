import { BUTTONS, DEFAULT_MOUSE, DRAGS, WHEELS } from '../../domain/layout/mouse.ts'
import { always, type Command } from '../command.ts'

const GROUP = 'Help and keys'
const toOption = (value: string) => ({ value, title: value[0].toUpperCase() + value.slice(1) })

export const commands: readonly Command[] = [
  {
    id: 'mouse.button',
    title: 'Mouse: what dragging with a button does',
    group: GROUP,
    keys: [],
    slots: {
      button: { title: 'Button', options: () => BUTTONS.map(toOption) },
      drag: { title: 'Dragging', options: () => DRAGS.map(toOption) },
    },
    when: always,
    run({ actions }, slots) {
      const button = BUTTONS.find((one) => one === slots.button)
      const drag = DRAGS.find((one) => one === slots.drag)
      if (button && drag) actions.setMouse({ [button]: drag })
    },
    phrases: ['{button} (mouse) button {drag}'],
    undo: 'mouse.reset',
  },
  {
    id: 'mouse.wheel',
    title: 'Mouse: what the wheel does',
    group: GROUP,
    keys: [],
    slots: { wheel: { title: 'Wheel', options: () => WHEELS.map(toOption) } },
    when: always,
    run({ actions }, slots) {
      const wheel = WHEELS.find((one) => one === slots.wheel)
      if (wheel) actions.setMouse({ wheel })
    },
    phrases: ['(mouse) wheel {wheel}'],
    undo: 'mouse.reset',
  },
  {
    id: 'mouse.reset',
    title: 'Mouse: buttons and wheel as at first',
    group: GROUP,
    keys: [],
    when: always,
    run: ({ actions }) => actions.setMouse(DEFAULT_MOUSE),
    phrases: ['reset the mouse'],
  },
]
