import type { Command } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { activePane, hasStudy } from '../stateReads.ts'

/** Slices that PageUp and PageDown move by. */
const PAGE_SLICES = 10
/** Further than any scan is long: the viewer stops at the end. */
const TO_THE_END = 100_000

/** In the active pane; positive towards higher numbers: down the body, to the back, to the left. */
function scroll({ get, actions }: CommandContext, slices: number): void {
  actions.scrollPane(activePane(get()).id, slices)
}

export const commands: readonly Command[] = [
  {
    id: 'scroll.slices',
    title: 'Scroll by a number of slices',
    group: 'Scroll and view',
    keys: [
      {
        slots: { slices: 1 },
        title: 'Next slice: down the body, to the back, to the left',
        keys: ['ArrowDown', 'ArrowRight'],
      },
      { slots: { slices: -1 }, title: 'Slice before', keys: ['ArrowUp', 'ArrowLeft'] },
      { slots: { slices: PAGE_SLICES }, title: 'Ten slices on', keys: ['PageDown'] },
      { slots: { slices: -PAGE_SLICES }, title: 'Ten slices back', keys: ['PageUp'] },
    ],
    slots: {
      slices: {
        title: 'Slices: down the body, to the back, to the left; negative the other way',
        options: () => [1, 5, 10, 50, -1, -5, -10, -50].map((value) => ({ value, title: String(value) })),
        range: { min: -1000, max: 1000 },
        unit: 'slices',
      },
    },
    when: hasStudy,
    repeats: true,
    run: (context, { slices }) => scroll(context, Number(slices)),
    undo: (_, { slices }) => ({ id: 'scroll.slices', slots: { slices: -Number(slices) } }),
    phrases: [
      { say: ['<show> (the) next [slice|image]', '(go) one [slice|image] [down|forward|on]'], slots: { slices: 1 } },
      {
        say: [
          '<show> (the) [previous|former] [slice|image]',
          '(go) one [slice|image] [up|back]',
          '(the) [slice|image] before',
        ],
        slots: { slices: -1 },
      },
      {
        say: [
          '(go|move|scroll) {slices} [down|forward|on|further]',
          '(go|move|scroll) [down|forward|on] (by) {slices}',
          'scroll {slices}',
        ],
      },
      {
        say: ['(go|move|scroll) {slices} [up|back|backwards]', '(go|move|scroll) [up|back|backwards] (by) {slices}'],
        isNegative: true,
      },
    ],
  },
  {
    id: 'scroll.to',
    title: 'Go to a slice by its number',
    group: 'Scroll and view',
    keys: [],
    slots: {
      slice: {
        title: 'Slice',
        options: () => [1, 50, 100, 200].map((value) => ({ value, title: String(value) })),
        range: { min: 1, max: 9999 },
      },
    },
    when: hasStudy,
    run: ({ get, actions }, { slice }) => actions.goToSlice(activePane(get()).id, Number(slice)),
    phrases: ['<show> (the) [slice|image] (number) {slice}'],
  },
  {
    id: 'scroll.top',
    title: 'To the first slice: the top, the front, the right',
    group: 'Scroll and view',
    keys: ['Home'],
    when: hasStudy,
    run: (context) => scroll(context, -TO_THE_END),
    phrases: [
      '(go|scroll|jump|take me|all the way) (all the way) to the [top|beginning|start]',
      '<show> (the) first [slice|image]',
    ],
  },
  {
    id: 'scroll.bottom',
    title: 'To the last slice: the bottom, the back, the left',
    group: 'Scroll and view',
    keys: ['End'],
    when: hasStudy,
    run: (context) => scroll(context, TO_THE_END),
    phrases: [
      '(go|scroll|jump|take me|all the way) (all the way) to the [bottom|end]',
      '<show> (the) last [slice|image]',
    ],
  },
]
