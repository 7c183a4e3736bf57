import { toKeyParts } from './press.ts'

/** What the browser does with them can't be kept from it. */
const OF_THE_BROWSER = new Set(['Mod+w', 'Mod+t', 'Mod+n', 'Mod+Shift+w', 'Mod+Shift+t', 'Mod+Shift+n', 'Alt+F4'])
/** The page would not be operable without them. */
const OF_THE_PAGE: Readonly<Record<string, string>> = {
  Tab: 'Tab moves from one control to the next.',
  Enter: 'Enter presses the control that has the focus.',
  Escape: 'Escape leaves sheets and fields.',
}

/** Why a key can't be given to a command, in a sentence; null: it can. */
export function refuseKey(name: string): string | null {
  if (OF_THE_BROWSER.has(name)) return 'The browser keeps this key to itself.'
  return OF_THE_PAGE[toKeyParts(name).at(-1) ?? ''] ?? null
}
