import { describe, expect, it } from 'vitest'
import { toKeymap } from './keymap.ts'
import { type KeyPress, toKeyNames } from './press.ts'

/** "Digit5 [ altgr" is the key in the place of a US 5 that types "[" with AltGr. */
function press(text: string): KeyPress {
  const [code, key, ...held] = text.split(' ')
  return {
    code,
    key: key === 'SPACE' ? ' ' : key,
    ctrlKey: held.includes('ctrl'),
    altKey: held.includes('alt'),
    shiftKey: held.includes('shift'),
    metaKey: held.includes('meta'),
    getModifierState: (modifier) => modifier === 'AltGraph' && held.includes('altgr'),
  }
}

const KEYMAP = toKeymap({ changed: {}, singleCharacters: true })

/** What the real table does on a press: the id of the entry; null: nothing. */
const hit = (text: string, isMac = false): string | null =>
  toKeyNames(press(text), isMac)
    .map((name) => KEYMAP.get(name)?.id)
    .find(Boolean) ?? null

const LAYOUTS: Record<string, readonly (readonly [string, string | null])[]> = {
  'US (QWERTY)': [
    ['Digit1 1', 'window.preset:lung'],
    ['Numpad2 2', 'window.preset:mediastinum'],
    ['Numpad1 End', 'scroll.bottom'],
    ['Digit1 ! shift', null],
    ['Digit1 1 alt', 'panels.studies'],
    ['Digit1 1 ctrl alt', null],
    ['Digit1 1 ctrl', null],
    ['KeyM m', 'speak.microphone'],
    ['KeyM M', 'speak.microphone'],
    ['KeyM M shift', 'voice.hold'],
    ['KeyM m ctrl', null],
    ['KeyO O shift', 'studies.folder'],
    ['KeyO o', 'studies.files'],
    ['KeyZ z ctrl', 'speak.undo'],
    ['KeyZ z meta', null],
    ['BracketLeft [', 'findings.previous'],
    ['BracketRight ]', 'findings.next'],
    ['Slash /', 'cases.type'],
    ['NumpadDivide /', 'cases.type'],
    ['Slash ? shift', 'help.sheet'],
    ['Comma ,', 'speak.previous'],
    ['Period .', 'speak.next'],
    ['Space SPACE', 'speak.talk'],
    ['Space SPACE ctrl', null],
    ['ArrowRight ArrowRight', 'scroll.slices:1'],
    ['ArrowRight ArrowRight shift', 'measure.moveRight'],
    ['Escape Escape', 'views.back'],
    ['ShiftLeft Shift shift', null],
    ['KeyI Process', null],
  ],
  'French (AZERTY)': [
    ['Digit1 &', 'window.preset:lung'],
    ['Digit1 1 shift', 'window.preset:lung'],
    ['Digit2 é', 'window.preset:mediastinum'],
    ['Digit3 "', 'window.preset:bone'],
    ['Digit6 -', 'window.preset:full'],
    ['Digit1 & alt', 'panels.studies'],
    ['Digit5 ( ', 'window.preset:liver'],
    ['Digit5 [ ctrl alt altgr', 'findings.previous'],
    ['Digit5 [ ctrl alt', 'findings.previous'],
    ['Digit5 [ altgr', 'findings.previous'],
    ['Minus ] ctrl alt altgr', 'findings.next'],
    ['Semicolon m', 'speak.microphone'],
    ['KeyM ,', 'speak.previous'],
    ['Comma . shift', 'speak.next'],
    ['Comma ;', null],
    ['KeyM ? shift', 'help.sheet'],
    ['Period / shift', 'cases.type'],
    ['KeyW z ctrl', 'speak.undo'],
    ['KeyZ w ctrl', null],
    ['KeyE € ctrl alt altgr', null],
    ['Slash § shift', null],
  ],
  'German (QWERTZ)': [
    ['Digit1 1', 'window.preset:lung'],
    ['Digit7 / shift', 'cases.type'],
    ['Minus ? shift', 'help.sheet'],
    ['Digit8 [ ctrl alt altgr', 'findings.previous'],
    ['Digit9 ] altgr', 'findings.next'],
    ['KeyY z ctrl', 'speak.undo'],
    ['KeyE € ctrl alt altgr', null],
    ['KeyM µ ctrl alt altgr', null],
    ['BracketLeft ü', null],
    ['Semicolon ö', null],
    ['Backquote Dead', null],
  ],
  'Polish (AltGr on letters)': [
    ['KeyC ć ctrl alt altgr', null],
    ['KeyX ź altgr', null],
    ['KeyC c', 'cases.close'],
  ],
  'Turkish (Q)': [
    ['Quote i', 'model.page'],
    ['KeyI ı', null],
    ['Digit8 [ ctrl alt altgr', 'findings.previous'],
  ],
  Dvorak: [
    ['KeyM m', 'speak.microphone'],
    ['KeyJ h', 'findings.heat'],
    ['KeyW ,', 'speak.previous'],
    ['BracketLeft /', 'cases.type'],
    ['Minus [', 'findings.previous'],
  ],
  'Russian (Cyrillic)': [
    ['KeyM ь', 'speak.microphone'],
    ['KeyH р', 'findings.heat'],
    ['KeyO Щ shift', 'studies.folder'],
    ['KeyZ я ctrl', 'speak.undo'],
    ['BracketLeft х', 'findings.previous'],
    ['BracketRight ъ', 'findings.next'],
    ['Comma б', 'speak.previous'],
    ['Period ю', 'speak.next'],
    ['Slash .', 'speak.next'],
    ['Slash , shift', 'speak.previous'],
    ['Backslash / shift', 'cases.type'],
    ['Digit7 ? shift', 'help.sheet'],
    ['Digit1 1', 'window.preset:lung'],
    ['Digit8 ₽ ctrl alt altgr', null],
    ['Semicolon ж', null],
  ],
  Greek: [
    ['KeyM μ', 'speak.microphone'],
    ['KeyV ω', 'views.next'],
    ['KeyZ ζ ctrl', 'speak.undo'],
    ['Slash ? shift', 'help.sheet'],
  ],
  Hebrew: [
    ['KeyM צ', 'speak.microphone'],
    ['KeyQ /', 'cases.type'],
    ['Slash .', 'speak.next'],
    ['Quote ,', 'speak.previous'],
    ['Comma ת', 'speak.previous'],
  ],
  Arabic: [
    ['KeyH ا', 'findings.heat'],
    ['KeyM ة', 'speak.microphone'],
    ['KeyB لا', 'library.page'],
    ['BracketLeft ج', 'findings.previous'],
    ['Slash ؟ shift', null],
  ],
  Thai: [
    ['Digit1 ๅ', 'window.preset:lung'],
    ['KeyM ท', 'speak.microphone'],
    ['KeyH ้', 'findings.heat'],
  ],
}

describe.each(Object.entries(LAYOUTS))('%s', (_, presses) => {
  it.each(presses)('%s → %s', (text, expected) => expect(hit(text)).toBe(expected))
})

it('reads Option of a Mac as Alt with the place, and what it types as a sign; Cmd is the modifier', () => {
  expect(hit('Digit1 ¡ alt', true)).toBe('panels.studies')
  expect(hit('Digit5 [ alt', true)).toBe('findings.previous')
  expect(hit('KeyN ñ alt', true)).toBe('measure.nodule')
  expect(hit('KeyB ∫ alt', true)).toBeNull()
  expect(hit('KeyZ z meta', true)).toBe('speak.undo')
  expect(hit('KeyZ z ctrl', true)).toBeNull()
  expect(hit('KeyM m', true)).toBe('speak.microphone')
})

it('keeps of a press the name that is the same on every layout', () => {
  const kept = (text: string) => toKeyNames(press(text), false)[0]
  expect(kept('Digit1 &')).toBe('1')
  expect(kept('Digit1 1 ctrl')).toBe('Mod+1')
  expect(kept('KeyK л ctrl shift')).toBe('Mod+Shift+k')
  expect(kept('Digit5 [ ctrl alt altgr')).toBe('[')
  expect(kept('Slash ? shift')).toBe('?')
  expect(kept('F2 F2 alt')).toBe('Alt+F2')
  expect(kept('Equal + shift ctrl')).toBe('Mod++')
})
