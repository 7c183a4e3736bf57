import { WINDOW_PRESETS } from '../../domain/volume/windowPresets.ts'
import type { Command } from '../command.ts'
import { hasStudy } from '../stateReads.ts'

export const commands: readonly Command[] = [
  {
    id: 'window.preset',
    title: 'Choose a window',
    group: 'Window',
    keys: WINDOW_PRESETS.map(({ id, label, key }) => ({
      slots: { preset: id },
      title: `${label} window`,
      keys: [key],
    })),
    slots: {
      preset: {
        title: 'Window',
        options: () =>
          WINDOW_PRESETS.map(({ id, label, widthHu, centerHu }) => ({
            value: id,
            title: `${label}: width ${widthHu}, centre ${centerHu} HU`,
            words: [id, label.toLowerCase().replace(/[^a-z ]/g, '')],
          })),
      },
    },
    when: hasStudy,
    run: ({ actions }, { preset }) => actions.applyWindowPreset(String(preset)),
    phrases: ['{preset} window', 'window {preset}'],
  },
]
