import { toKeyParts } from './press.ts'

const PC: Readonly<Record<string, string>> = { Mod: 'Ctrl', Meta: 'Win' }
const MAC: Readonly<Record<string, string>> = { Mod: '⌘', Ctrl: '⌃', Alt: '⌥', Shift: '⇧' }
const NAMES: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageDown: 'PgDn',
  PageUp: 'PgUp',
  Escape: 'Esc',
  Delete: 'Del',
  Backspace: '⌫',
}

const toUpper = (part: string): string => (part.length === 1 ? part.toUpperCase() : part)

/** The caps that are pressed together, e.g. "Ctrl", "Z". */
export const toKeyCaps = (name: string, isMac: boolean): string[] =>
  toKeyParts(name).map((part) => (isMac ? MAC : PC)[part] ?? NAMES[part] ?? toUpper(part))

/** One key in running text: "Ctrl+Z", "⌘Z", "?". */
export const toKeyText = (name: string, isMac: boolean): string => toKeyCaps(name, isMac).join(isMac ? '' : '+')

/** As `aria-keyshortcuts` wants it: "Control+Z". */
export function toAriaKeys(name: string, isMac: boolean): string {
  const spelled: Readonly<Record<string, string>> = { Mod: isMac ? 'Meta' : 'Control', Ctrl: 'Control' }
  return toKeyParts(name)
    .map((part) => spelled[part] ?? toUpper(part))
    .join('+')
}
