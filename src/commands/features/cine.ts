import { CINE_SPEEDS, toCineSpeed } from '../../domain/layout/cine.ts'
import type { Command } from '../command.ts'
import { cine, hasStudy } from '../stateReads.ts'

const GROUP = 'Scroll and view'

export const commands: readonly Command[] = [
  {
    id: 'cine.play',
    title: 'Cine: play the active view, or stop',
    group: GROUP,
    keys: ['z'],
    when: hasStudy,
    run: ({ get, actions }) => actions.setCine({ isPlaying: !cine(get()).isPlaying }),
    phrases: ['play cine', 'stop cine', 'cine'],
    undo: 'cine.play',
  },
  {
    id: 'cine.faster',
    title: 'Cine: faster',
    group: GROUP,
    keys: ['+'],
    when: (state) => cine(state).isPlaying,
    run: ({ get, actions }) => actions.setCine({ slicesPerSecond: toCineSpeed(cine(get()).slicesPerSecond, 1) }),
    phrases: ['faster'],
    undo: 'cine.slower',
  },
  {
    id: 'cine.slower',
    title: 'Cine: slower',
    group: GROUP,
    keys: ['-'],
    when: (state) => cine(state).isPlaying,
    run: ({ get, actions }) => actions.setCine({ slicesPerSecond: toCineSpeed(cine(get()).slicesPerSecond, -1) }),
    phrases: ['slower'],
    undo: 'cine.faster',
  },
  {
    id: 'cine.speed',
    title: 'Cine: choose slices a second',
    group: GROUP,
    keys: [],
    slots: {
      speed: {
        title: 'Slices a second',
        options: () => CINE_SPEEDS.map((value) => ({ value, title: String(value) })),
        range: { min: 1, max: 60 },
      },
    },
    when: hasStudy,
    run: ({ actions }, { speed }) => actions.setCine({ slicesPerSecond: Number(speed), isPlaying: true }),
    phrases: ['play cine at {speed}', 'cine {speed}'],
    undo: 'cine.play',
  },
]
