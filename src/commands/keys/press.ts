/*
 * Names of key presses, the same on every keyboard layout. A name is modifiers and a key: "m", "Shift+o", "Alt+1",
 * "Mod+k", "ArrowDown", "Space", "?". Mod is Ctrl, on a Mac Cmd.
 *
 * - A letter is the one that is typed, where the layout has Latin letters; else (Cyrillic, Greek, Hebrew, Arabic, Hangul)
 *   the one that a US keyboard has in that place, and so are the signs that such a layout has letters for.
 * - A digit is a place of the upper row, whatever is typed there (AZERTY types "&" on 1), or what the number pad types.
 * - Any other sign is what is typed, wherever it lies and with whatever Shift or AltGr it takes.
 */

/** What is read of a `KeyboardEvent`. */
export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly metaKey: boolean
  getModifierState(modifier: string): boolean
}

/** Signs of a US keyboard by place, for layouts that have letters of another script there. */
const US_SIGNS: Readonly<Record<string, string>> = {
  BracketLeft: '[',
  BracketRight: ']',
  Comma: ',',
  Period: '.',
  Slash: '/',
  Semicolon: ';',
  Quote: "'",
  Backquote: '`',
}

const MODIFIER_KEYS = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Fn', 'NumLock', 'OS'])
const UNTELLING = new Set(['Dead', 'Unidentified', 'Process', 'Compose'])

const isCharacter = (key: string): boolean => [...key].length === 1
const isLatinLetter = (key: string): boolean => /^[a-z]$/i.test(key)
/** A letter of another script; some keys of the Arabic layout type two at once. */
const isForeign = (key: string): boolean =>
  /^[\p{L}\p{M}\u0600-\u06ff]{1,2}$/u.test(key) && !/\p{Script=Latin}/u.test(key)

const digitAt = (code: string): string | null => /^Digit(\d)$/.exec(code)?.[1] ?? null

const usKeyAt = (code: string): string | null =>
  /^Key([A-Z])$/.exec(code)?.[1].toLowerCase() ?? US_SIGNS[code] ?? digitAt(code)

/**
 * The third level of a layout: AltGr, which Windows sends as Ctrl + Alt, and Option on a Mac. What it types is a sign of
 * its own and no letter or digit with modifiers.
 */
function isThirdLevel(press: KeyPress, isMac: boolean): boolean {
  const { key, code, ctrlKey, altKey } = press
  if (press.getModifierState('AltGraph')) return true
  if (!isCharacter(key) || !altKey) return false
  const isElsewhere = key.toLowerCase() !== usKeyAt(code) && !isLatinLetter(key) && !isForeign(key)
  return isElsewhere && (isMac ? !ctrlKey : ctrlKey)
}

function toModifiers({ ctrlKey, altKey, metaKey, shiftKey }: KeyPress, isMac: boolean, withShift: boolean): string {
  const names = [
    [isMac ? metaKey : ctrlKey, 'Mod+'],
    [isMac && ctrlKey, 'Ctrl+'],
    [!isMac && metaKey, 'Meta+'],
    [altKey, 'Alt+'],
    [shiftKey && withShift, 'Shift+'],
  ] as const
  return names.map(([isHeld, name]) => (isHeld ? name : '')).join('')
}

/** What the press types, with the modifiers that did not serve to type it. */
function typedNames(press: KeyPress, isMac: boolean): string[] {
  const { key, code } = press
  const place = usKeyAt(code)
  if (isLatinLetter(key)) return [toModifiers(press, isMac, true) + key.toLowerCase()]
  if (isForeign(key)) return place === null ? [] : [toModifiers(press, isMac, true) + place]
  const isDigit = /^\d$/.test(key)
  if (isDigit && !digitAt(code)) return [toModifiers(press, isMac, true) + key]
  return [toModifiers(press, isMac, false) + key]
}

/**
 * Names that a press goes by, the best first; the first one is what the settings keep. A press of AltGr has the sign
 * it types for its only name. Empty: a modifier alone, or a press that tells nothing.
 */
export function toKeyNames(press: KeyPress, isMac: boolean): string[] {
  const { key, code } = press
  if (MODIFIER_KEYS.has(key)) return []
  if (isThirdLevel(press, isMac)) {
    const byPlace = isMac && press.altKey ? usKeyAt(code) : null
    const sign = isCharacter(key) && !isForeign(key) && !/\d/.test(key) ? [key] : []
    return byPlace === null ? sign : [toModifiers(press, isMac, true) + byPlace, ...sign]
  }
  if (key === ' ') return [`${toModifiers(press, isMac, true)}Space`]
  const digit = digitAt(code)
  const byPlace = digit === null ? [] : [toModifiers(press, isMac, true) + digit]
  if (UNTELLING.has(key)) return byPlace
  if (!isCharacter(key) && !isForeign(key)) return [toModifiers(press, isMac, true) + key]
  const typed = typedNames(press, isMac)
  return [...new Set(press.shiftKey && digit !== null ? [...typed, ...byPlace] : [...byPlace, ...typed])]
}

const lastOf = (name: string): string => (name.endsWith('+') ? '+' : name.slice(name.lastIndexOf('+') + 1))

/** A letter, digit or sign without Ctrl, Alt or Cmd: what dictation software and voice control type into a page. */
export const isSingleCharacter = (name: string): boolean => isCharacter(lastOf(name)) && !hasStrongModifier(name)

/** Held with Ctrl, Alt or Cmd. */
export const hasStrongModifier = (name: string): boolean => /^(Shift\+)?(Mod|Ctrl|Meta|Alt)\+/.test(name)

export const toKeyParts = (name: string): string[] => {
  const key = lastOf(name)
  return [
    ...name
      .slice(0, name.length - key.length)
      .split('+')
      .filter(Boolean),
    key,
  ]
}
