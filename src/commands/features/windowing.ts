import { COLOR_MAPS, toColorMapId } from '../../domain/volume/colorMaps.ts'
import { DEFAULT_WINDOW_PRESET, WINDOW_PRESETS } from '../../domain/volume/windowPresets.ts'
import type { Command } from '../command.ts'
import { activePane, hasStudy } from '../stateReads.ts'

const LUNG = { widthHu: DEFAULT_WINDOW_PRESET.widthHu, centerHu: DEFAULT_WINDOW_PRESET.centerHu }

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
  {
    id: 'window.own',
    title: 'A window of its own for the active view, or the shared one again',
    group: 'Window',
    keys: ['Alt+w'],
    when: hasStudy,
    run: ({ get, actions }) => actions.toggleOwnWindow(activePane(get()).id),
    phrases: ['own window', 'share the window'],
    undo: 'window.own',
  },
  {
    id: 'window.invert',
    title: 'Black for white, or back',
    group: 'Window',
    keys: ['Shift+i'],
    when: hasStudy,
    run: ({ actions }) => actions.toggleInvert(),
    phrases: ['invert', 'invert the picture'],
    undo: 'window.invert',
  },
  {
    id: 'window.colorMap',
    title: 'Choose a colour map',
    group: 'Window',
    keys: [],
    slots: {
      map: {
        title: 'Colour map',
        options: () => COLOR_MAPS.map(({ id, label, words }) => ({ value: id, title: label, words })),
      },
    },
    when: hasStudy,
    run({ actions }, { map }) {
      const id = toColorMapId(map)
      if (id) actions.setColorMap(id)
    },
    phrases: ['colour map {map}', 'colours {map}'],
    undo: 'window.colorMap',
  },
  {
    id: 'window.opening',
    title: 'Studies open in this window from now on',
    group: 'Window',
    keys: ['Shift+w'],
    when: hasStudy,
    run: ({ actions }) => actions.setOpeningWindow(null),
    phrases: ['make this window the default', 'keep this window'],
    undo: 'window.openingLung',
  },
  {
    id: 'window.openingLung',
    title: 'Studies open in the lung window again',
    group: 'Window',
    keys: [],
    when: ({ view }) => view.openingWindow.widthHu !== LUNG.widthHu || view.openingWindow.centerHu !== LUNG.centerHu,
    run: ({ actions }) => actions.setOpeningWindow(LUNG),
    phrases: ['lung window is the default'],
  },
]
