import { WINDOW_PRESETS } from '../domain/volume/windowPresets.ts'
import type { AppContextValue } from './appContext.ts'
import {
  activateNextView,
  closeComparison,
  focusTyped,
  goBack,
  playSelected,
  scrollDown,
  stepFinding,
  stepUtterance,
  toggleHeat,
  toggleMaximised,
  togglePanel,
} from './shortcutRuns.ts'

export type ShortcutGroup = 'Speak' | 'Scroll and view' | 'Window' | 'Findings and cases' | 'Open and panels'

export interface Shortcut {
  /** Keys in tinykeys' notation. */
  readonly keys: readonly string[]
  /** The keys as the help sheet shows them. */
  readonly shown: readonly string[]
  readonly label: string
  readonly group: ShortcutGroup
  /** Runs again while the key is held down. */
  readonly repeats?: true
  readonly run: (context: AppContextValue) => void
  /** Runs when the key is let go. */
  readonly release?: (context: AppContextValue) => void
}

/** Slices that PageUp and PageDown move by. */
const PAGE_SLICES = 10
/** Further than any scan is long: the viewer stops at the end. */
const TO_THE_END = 100_000

const PRESET_SHORTCUTS = WINDOW_PRESETS.map(
  ({ id, label, key }): Shortcut => ({
    keys: [key, `Numpad${key}`],
    shown: [key],
    label: `${label} window`,
    group: 'Window',
    run: ({ actions }) => actions.applyWindowPreset(id),
  }),
)

/** Every key of the page: the keyboard binds this table and the help sheet prints it. */
export const SHORTCUTS: readonly Shortcut[] = [
  {
    keys: ['Space'],
    shown: ['Space'],
    label: 'Hold to talk',
    group: 'Speak',
    run: ({ actions }) => actions.startTalking(),
    release: ({ actions }) => actions.stopTalking(),
  },
  {
    keys: ['m'],
    shown: ['M'],
    label: 'Microphone on or off',
    group: 'Speak',
    run: ({ actions }) => actions.toggleMicrophone(),
  },
  { keys: [','], shown: [','], label: 'Previous utterance', group: 'Speak', run: stepUtterance(-1) },
  { keys: ['.'], shown: ['.'], label: 'Next utterance', group: 'Speak', run: stepUtterance(1) },
  { keys: ['p'], shown: ['P'], label: 'Play the selected utterance', group: 'Speak', run: playSelected },
  {
    keys: ['$mod+z'],
    shown: ['Ctrl', 'Z'],
    label: 'Bring back the deleted utterance',
    group: 'Speak',
    run: ({ actions }) => actions.undoRemoveUtterance(),
  },
  {
    keys: ['ArrowDown', 'ArrowRight'],
    shown: ['↓'],
    label: 'Next slice: down the body, to the back, to the left',
    group: 'Scroll and view',
    repeats: true,
    run: scrollDown(1),
  },
  {
    keys: ['ArrowUp', 'ArrowLeft'],
    shown: ['↑'],
    label: 'Slice before',
    group: 'Scroll and view',
    repeats: true,
    run: scrollDown(-1),
  },
  {
    keys: ['PageDown'],
    shown: ['PgDn'],
    label: 'Ten slices on',
    group: 'Scroll and view',
    repeats: true,
    run: scrollDown(PAGE_SLICES),
  },
  {
    keys: ['PageUp'],
    shown: ['PgUp'],
    label: 'Ten slices back',
    group: 'Scroll and view',
    repeats: true,
    run: scrollDown(-PAGE_SLICES),
  },
  { keys: ['Home'], shown: ['Home'], label: 'To the top', group: 'Scroll and view', run: scrollDown(-TO_THE_END) },
  { keys: ['End'], shown: ['End'], label: 'To the bottom', group: 'Scroll and view', run: scrollDown(TO_THE_END) },
  { keys: ['v'], shown: ['V'], label: 'Next view', group: 'Scroll and view', run: activateNextView },
  {
    keys: ['x'],
    shown: ['X'],
    label: 'Crosshair on or off',
    group: 'Scroll and view',
    run: ({ actions }) => actions.toggleCrosshair(),
  },
  {
    keys: ['f'],
    shown: ['F'],
    label: 'Active view large, or all views',
    group: 'Scroll and view',
    run: toggleMaximised,
  },
  {
    keys: ['Escape'],
    shown: ['Esc'],
    label: 'Back to all views, or cancel opening and encoding',
    group: 'Scroll and view',
    run: goBack,
  },
  {
    keys: ['r'],
    shown: ['R'],
    label: 'Reset zoom, position and crosshair',
    group: 'Scroll and view',
    run: ({ actions }) => actions.resetView(),
  },
  ...PRESET_SHORTCUTS,
  { keys: ['(\\[)'], shown: ['['], label: 'Previous finding', group: 'Findings and cases', run: stepFinding(-1) },
  { keys: ['(\\])'], shown: [']'], label: 'Next finding', group: 'Findings and cases', run: stepFinding(1) },
  { keys: ['h'], shown: ['H'], label: 'Heat on or off', group: 'Findings and cases', run: toggleHeat },
  {
    keys: ['[Shift]+/'],
    shown: ['/'],
    label: 'Type a sentence to search by',
    group: 'Findings and cases',
    run: focusTyped,
  },
  { keys: ['c'], shown: ['C'], label: 'Close the similar case', group: 'Findings and cases', run: closeComparison },
  {
    keys: ['e'],
    shown: ['E'],
    label: 'Export the reading',
    group: 'Findings and cases',
    run: ({ actions }) => actions.exportReading(),
  },
  {
    keys: ['o'],
    shown: ['O'],
    label: 'Open files',
    group: 'Open and panels',
    run: ({ inputs }) => inputs.files.current?.click(),
  },
  {
    keys: ['Shift+o'],
    shown: ['Shift', 'O'],
    label: 'Open a folder',
    group: 'Open and panels',
    run: ({ inputs }) => inputs.folder.current?.click(),
  },
  {
    keys: ['Alt+Digit1'],
    shown: ['Alt', '1'],
    label: 'Studies panel',
    group: 'Open and panels',
    run: togglePanel('studies'),
  },
  {
    keys: ['Alt+Digit2'],
    shown: ['Alt', '2'],
    label: 'Dictation panel',
    group: 'Open and panels',
    run: togglePanel('dictation'),
  },
  {
    keys: ['Alt+Digit3'],
    shown: ['Alt', '3'],
    label: 'Findings panel',
    group: 'Open and panels',
    run: togglePanel('findings'),
  },
  {
    keys: ['i'],
    shown: ['I'],
    label: 'Model page',
    group: 'Open and panels',
    run: ({ dialogs }) => dialogs.toggle('model'),
  },
  {
    keys: ['[Shift]+?'],
    shown: ['?'],
    label: 'This sheet',
    group: 'Open and panels',
    run: ({ dialogs }) => dialogs.toggle('help'),
  },
]
