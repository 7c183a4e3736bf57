import type { AppState } from '../../state/appState.ts'
import { always, type Command } from '../command.ts'

const PANELS: readonly { panel: keyof AppState['view']['panels']; title: string; phrase: string }[] = [
  { panel: 'studies', title: 'Studies panel', phrase: 'studies panel' },
  { panel: 'dictation', title: 'Dictation panel', phrase: 'dictation panel' },
  { panel: 'findings', title: 'Findings and cases panel', phrase: 'findings panel' },
]

export const commands: readonly Command[] = PANELS.map(({ panel, title, phrase }, index) => ({
  id: `panels.${panel}`,
  title,
  group: 'Open and panels',
  keys: [`Alt+${index + 1}`],
  when: always,
  run: ({ actions }) => actions.togglePanel(panel),
  phrases: [phrase],
  undo: `panels.${panel}`,
}))
