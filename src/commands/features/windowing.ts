import { COLOR_MAPS, toColorMapId } from '../../domain/volume/colorMaps.ts'
import { DEFAULT_WINDOW_PRESET, WINDOW_PRESETS } from '../../domain/volume/windowPresets.ts'
import type { Command } from '../command.ts'
import { activePane, hasStudy, regionWindow } from '../stateReads.ts'

/** Other names that a window goes by. */
const SPOKEN: Readonly<Record<string, readonly string[]>> = {
  lung: ['lungs', 'pulmonary'],
  mediastinum: ['mediastinal', 'soft tissue', 'soft tissues'],
  bone: ['bones', 'bony'],
  angio: ['angiography', 'pulmonary embolism', 'embolism', 'p e', 'vessel', 'c t angio'],
  liver: ['hepatic', 'abdomen', 'abdominal'],
  full: ['full range', 'whole range'],
}

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
            words: [id, ...(SPOKEN[id] ?? [])],
          })),
      },
    },
    when: hasStudy,
    run: ({ actions }, { preset }) => actions.applyWindowPreset(String(preset)),
    undo: ({ view }) => (view.windowPreset ? { id: 'window.preset', slots: { preset: view.windowPreset } } : null),
    phrases: [
      '<set> (the) (window to) {preset} [window|windows] (setting|preset|level)',
      '<set> (the) [window|windows] (to|on|setting) (the) {preset}',
    ],
  },
  {
    id: 'window.own',
    title: 'A window of its own for the active view, or the shared one again',
    group: 'Window',
    keys: ['Alt+w'],
    when: hasStudy,
    run: ({ get, actions }) => actions.toggleOwnWindow(activePane(get()).id),
    phrases: [
      'own window',
      '<set> [own|separate] window (for this view|for this pane|for the view)',
      'give this [view|pane] [its own|a separate] window',
      'share the window (again)',
    ],
    undo: 'window.own',
  },
  {
    id: 'window.region',
    title: 'Window by what lies in the chosen region',
    group: 'Window',
    keys: ['Alt+a'],
    when: (state) => regionWindow(state) !== null,
    run({ get, actions }) {
      const window = regionWindow(get())
      if (window) actions.setWindow(window)
    },
    phrases: [
      '<set> (the) window [by|from|of|on|to] (the|this) [region|ellipse|rectangle|measure]',
      'window (the|this) region',

      'window (by|to|on|for) (the|this) region',
      'window (by|to|on|for) (the|this) measure',
      'auto window',
      'automatic window',
      '<set> window (by|from) (the|this) [region|ellipse|rectangle]',
    ],
  },
  {
    id: 'window.invert',
    title: 'Black for white, or back',
    group: 'Window',
    keys: ['Shift+i'],
    when: hasStudy,
    run: ({ actions }) => actions.toggleInvert(),
    phrases: [
      'invert (the|this) (picture|image|greyscale|colours|view)',
      'black for white',
      'negative (picture|image)',
    ],
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
    phrases: [
      '<set> (the) colour map (to) {map}',
      'change (the) colour map (to) {map}',
      '{map} [colours|colour map]',
      '<set> (the) {map} [colours|colour map]',
      'colour map {map}',
      'colours {map}',
    ],
    undo: 'window.colorMap',
  },
  {
    id: 'window.opening',
    title: 'Studies open in this window from now on',
    group: 'Window',
    keys: ['Shift+w'],
    when: hasStudy,
    run: ({ actions }) => actions.setOpeningWindow(null),
    phrases: [
      'make this window the default',
      '[keep|remember|save] this window',
      '[use this window|open studies in this window] (from now on)',
    ],
    undo: 'window.openingLung',
  },
  {
    id: 'window.openingLung',
    title: 'Studies open in the lung window again',
    group: 'Window',
    keys: [],
    when: ({ view }) => view.openingWindow.widthHu !== LUNG.widthHu || view.openingWindow.centerHu !== LUNG.centerHu,
    run: ({ actions }) => actions.setOpeningWindow(LUNG),
    phrases: ['lung window is the default', 'make the lung window the default', 'open studies in the lung window'],
  },
]
