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
    phrases: [
      {
        say: ['cine', '[start|play|run] (the) cine (loop)', 'cine on', 'play'],
        when: (state) => !cine(state).isPlaying,
      },
      { say: ['stop (the) cine (loop)', 'cine off', 'stop playing', 'stop'], when: (state) => cine(state).isPlaying },
    ],
    undo: 'cine.play',
  },
  {
    id: 'cine.faster',
    title: 'Cine: faster',
    group: GROUP,
    keys: ['+'],
    when: (state) => cine(state).isPlaying,
    run: ({ get, actions }) => actions.setCine({ slicesPerSecond: toCineSpeed(cine(get()).slicesPerSecond, 1) }),
    phrases: ['(play|cine|go) faster', 'speed (it|cine) up'],
    undo: 'cine.slower',
  },
  {
    id: 'cine.slower',
    title: 'Cine: slower',
    group: GROUP,
    keys: ['-'],
    when: (state) => cine(state).isPlaying,
    run: ({ get, actions }) => actions.setCine({ slicesPerSecond: toCineSpeed(cine(get()).slicesPerSecond, -1) }),
    phrases: ['(play|cine|go) slower', 'slow (it|cine) down'],
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
        unit: 'slices',
      },
    },
    when: hasStudy,
    run: ({ actions }, { speed }) => actions.setCine({ slicesPerSecond: Number(speed), isPlaying: true }),
    phrases: [
      '(set|play) (the) cine (speed|loop) (at|to) {speed} (a second|per second)',
      'play at {speed} (a second|per second)',
    ],
    undo: 'cine.play',
  },
]
