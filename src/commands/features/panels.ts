import { GROUNDS, type Ground } from '../../domain/layout/ground.ts'
import type { AppState } from '../../state/appState.ts'
import { always, type Command } from '../command.ts'
import { isPanelShown } from '../stateReads.ts'

const PANELS: readonly { panel: keyof AppState['view']['panels']; title: string; phrase: string }[] = [
  { panel: 'studies', title: 'Studies panel', phrase: '[studies panel|study panel|study list|studies list]' },
  { panel: 'dictation', title: 'Dictation panel', phrase: 'dictation panel' },
  { panel: 'findings', title: 'Findings and cases panel', phrase: '[findings panel|finding panel]' },
]

const panels: readonly Command[] = PANELS.map(({ panel, title, phrase }, index) => ({
  id: `panels.${panel}`,
  title,
  group: 'Open and panels',
  keys: [`Alt+${index + 1}`],
  when: always,
  run: ({ actions }) => actions.togglePanel(panel),
  phrases: [
    { say: [`<on> (the) ${phrase}`], when: (state: AppState) => !isPanelShown(state, panel) },
    { say: [`<off> (the) ${phrase}`], when: (state: AppState) => isPanelShown(state, panel) },
    `toggle (the) ${phrase}`,
  ],
  undo: `panels.${panel}`,
}))

const GROUND_TITLES = {
  dark: { title: 'Dark', words: ['dark'] },
  light: { title: 'Light', words: ['light', 'bright'] },
  system: { title: 'As the system has it', words: ['system', 'automatic'] },
} as const satisfies Record<Ground, object>

export const commands: readonly Command[] = [
  ...panels,
  {
    id: 'panels.ground',
    title: 'Choose dark or light bars and panels',
    group: 'Open and panels',
    keys: [],
    slots: {
      ground: { title: 'Colours', options: () => GROUNDS.map((value) => ({ value, ...GROUND_TITLES[value] })) },
    },
    when: always,
    run({ actions }, slots) {
      const ground = GROUNDS.find((one) => one === slots.ground)
      if (ground) actions.setGround(ground)
    },
    phrases: [
      '<set> (the) {ground} [colours|theme|panels]',
      '{ground} panels',
      'make it {ground}',
      '{ground} colours',
      '{ground} theme',
    ],
    undo: 'panels.ground',
  },
]
