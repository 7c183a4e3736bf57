import { SLICES_A_STEP_DOWN } from '../../domain/geometry/viewPlane.ts'
import type { Command } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { activePane, hasStudy } from '../stateReads.ts'

/** Slices that PageUp and PageDown move by. */
const PAGE_SLICES = 10
/** Further than any scan is long: the viewer stops at the end. */
const TO_THE_END = 100_000

/** In the active pane; positive: down the body, to the back, to the left. */
function scrollDown({ get, actions }: CommandContext, slices: number): void {
  const { id, plane } = activePane(get())
  actions.scrollPane(id, slices * SLICES_A_STEP_DOWN[plane])
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
    run: (context, { slices }) => scrollDown(context, Number(slices)),
    phrases: ['scroll {slices}', '{slices} slices down', 'next slice'],
  },
  {
    id: 'scroll.top',
    title: 'To the top',
    group: 'Scroll and view',
    keys: ['Home'],
    when: hasStudy,
    run: (context) => scrollDown(context, -TO_THE_END),
    phrases: ['to the top', 'first slice'],
  },
  {
    id: 'scroll.bottom',
    title: 'To the bottom',
    group: 'Scroll and view',
    keys: ['End'],
    when: hasStudy,
    run: (context) => scrollDown(context, TO_THE_END),
    phrases: ['to the bottom', 'last slice'],
  },
]
