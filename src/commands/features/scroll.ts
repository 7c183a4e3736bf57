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
      },
    },
    when: hasStudy,
    repeats: true,
    run: (context, { slices }) => scroll(context, Number(slices)),
    phrases: ['scroll {slices}', '{slices} slices down', 'next slice'],
  },
  {
    id: 'scroll.top',
    title: 'To the first slice: the top, the front, the right',
    group: 'Scroll and view',
    keys: ['Home'],
    when: hasStudy,
    run: (context) => scroll(context, -TO_THE_END),
    phrases: ['to the top', 'first slice'],
  },
  {
    id: 'scroll.bottom',
    title: 'To the last slice: the bottom, the back, the left',
    group: 'Scroll and view',
    keys: ['End'],
    when: hasStudy,
    run: (context) => scroll(context, TO_THE_END),
    phrases: ['to the bottom', 'last slice'],
  },
]
