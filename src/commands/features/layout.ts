import { ORIENTATIONS } from '../../domain/geometry/viewPlane.ts'
import { isPlane } from '../../domain/layout/arrangedLayout.ts'
import { LAYOUTS } from '../../domain/layout/layouts.ts'
import type { AppState } from '../../state/appState.ts'
import { always, type Command, type Slot, type SlotValue } from '../command.ts'
import { hasStudy, isComparing, panesInOrder } from '../stateReads.ts'

const GROUP = 'Layout'
const NUMBER_WORDS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight']
const STUDIES = [
  { value: 'current', title: 'The study that is read', words: ['this study', 'current'] },
  { value: 'comparison', title: 'The study beside it', words: ['the other study', 'prior', 'case'] },
] as const

const toTitle = (text: string): string => text[0].toUpperCase() + text.slice(1)

const pane: Slot = {
  title: 'Pane',
  options: (state) =>
    panesInOrder(state).map(({ plane, study }, index) => ({
      value: index + 1,
      title: `Pane ${index + 1}: ${plane}${study === 'comparison' ? ' of the study beside' : ''}`,
      words: [NUMBER_WORDS[index] ?? String(index + 1)],
    })),
}

const plane: Slot = {
  title: 'Plane',
  options: () => ORIENTATIONS.map((value) => ({ value, title: toTitle(value) })),
}

const idOf = (state: AppState, number: SlotValue): string | undefined => panesInOrder(state)[Number(number) - 1]?.id

export const commands: readonly Command[] = [
  {
    id: 'layout.choose',
    title: 'Choose a layout',
    group: GROUP,
    keys: LAYOUTS.map(({ layout, title, key }) => ({
      slots: { layout: layout.id },
      title: `Layout: ${title.toLowerCase()}`,
      keys: [key],
    })),
    slots: {
      layout: {
        title: 'Layout',
        options: () =>
          LAYOUTS.map(({ layout, title, words }) => ({ value: layout.id, title, words: [layout.id, ...words] })),
      },
    },
    when: always,
    run: ({ actions }, { layout }) => actions.chooseLayout(String(layout)),
    undo: ({ view }) => ({ id: 'layout.choose', slots: { layout: view.layout.id } }),
    phrases: ['<set> (the) layout (with|to) {layout}', '<show> {layout} (layout|only)'],
  },
  {
    id: 'layout.plane',
    title: 'Show a plane in a pane',
    group: GROUP,
    keys: [],
    slots: { pane, plane },
    when: hasStudy,
    run({ get, actions }, slots) {
      const id = idOf(get(), slots.pane)
      if (id && isPlane(slots.plane)) actions.changePane(id, { plane: slots.plane })
    },
    phrases: ['(make) pane {pane} {plane}', '<show> (put) {plane} in pane {pane}'],
  },
  {
    id: 'layout.study',
    title: 'Show the study that is read, or the one beside it, in a pane',
    group: GROUP,
    keys: [],
    slots: { pane, study: { title: 'Study', options: () => STUDIES } },
    when: isComparing,
    run({ get, actions }, slots) {
      const id = idOf(get(), slots.pane)
      const study = STUDIES.find(({ value }) => value === slots.study)?.value
      if (id && study) actions.changePane(id, { study })
    },
    phrases: ['pane {pane} {study}', '<show> (put) {study} in pane {pane}'],
  },
  {
    id: 'layout.swap',
    title: 'Swap two panes',
    group: GROUP,
    keys: [],
    slots: { pane, other: { ...pane, title: 'With pane' } },
    when: (state) => hasStudy(state) && panesInOrder(state).length > 1,
    run({ get, actions }, slots) {
      const [one, other] = [idOf(get(), slots.pane), idOf(get(), slots.other)]
      if (one && other && one !== other) actions.swapPanes(one, other)
    },
    phrases: ['[swap|exchange|switch] [pane|panes] {pane} [and|with] (pane) {other}'],
    undo: 'layout.swap',
  },
]
