import { expect, it } from 'vitest'
import { findEntry } from '../table.ts'
import { assignKeys, keysOf, toConflicts, toKeymap, workingKeysOf } from './keymap.ts'
import { hasStrongModifier, isSingleCharacter, toKeyParts } from './press.ts'
import { toAriaKeys, toKeyText } from './showKeys.ts'

const DEFAULTS = { changed: {}, singleCharacters: true }

it('runs by a changed key and no longer by the old one', () => {
  const changed = assignKeys(DEFAULTS, findEntry('speak.microphone'), ['F2'])
  const keymap = toKeymap({ ...DEFAULTS, changed })
  expect(changed).toEqual({ 'speak.microphone': ['F2'] })
  expect(keymap.get('F2')?.id).toBe('speak.microphone')
  expect(keymap.get('m')).toBeUndefined()
})

it('tells who has a key before it is taken, and takes it from that one alone', () => {
  expect(toConflicts(DEFAULTS, 'speak.microphone', ['ArrowLeft']).map(({ id }) => id)).toEqual(['scroll.slices:-1'])
  const changed = assignKeys(DEFAULTS, findEntry('speak.microphone'), ['ArrowLeft'])
  expect(changed).toEqual({ 'speak.microphone': ['ArrowLeft'], 'scroll.slices:-1': ['ArrowUp'] })
  expect(toConflicts({ ...DEFAULTS, changed }, 'speak.microphone', ['ArrowLeft'])).toEqual([])
})

it('does not tell an entry of its own keys, and sees every name of a press', () => {
  expect(toConflicts(DEFAULTS, 'speak.microphone', ['m'])).toEqual([])
  expect(toConflicts(DEFAULTS, 'speak.microphone', ['Shift+7', '/']).map(({ id }) => id)).toEqual(['cases.type'])
})

it('runs by a key that two claim what a person gave it to, and shows it there alone', () => {
  const keys = { ...DEFAULTS, changed: { 'window.preset:full': ['h'] } }
  expect(toKeymap(keys).get('h')?.id).toBe('window.preset:full')
  expect(workingKeysOf(findEntry('findings.heat'), keys)).toEqual([])
  const both = { ...DEFAULTS, changed: { 'window.preset:full': ['F2'], 'findings.heat': ['F2'] } }
  expect(toKeymap(both).get('F2')?.id).toBe('findings.heat')
})

it('keeps nothing of an entry that has its default keys again', () => {
  const keys = { ...DEFAULTS, changed: assignKeys(DEFAULTS, findEntry('findings.heat'), ['F2']) }
  expect(assignKeys(keys, findEntry('findings.heat'), ['h'])).toEqual({})
})

it('can leave an entry without a key', () => {
  const changed = assignKeys(DEFAULTS, findEntry('findings.export'), [])
  expect(keysOf(findEntry('findings.export'), { ...DEFAULTS, changed })).toEqual([])
})

it('switches letters, digits and signs off as a whole and leaves the rest', () => {
  const keymap = toKeymap({ changed: {}, singleCharacters: false })
  const typed = [...'no effusion, 2 [nodules]? O/']
  expect(typed.map((name) => keymap.get(name)?.id).filter(Boolean)).toEqual([])
  expect([...keymap.keys()].sort()).toEqual(
    [
      'Alt+1',
      'Alt+2',
      'Alt+3',
      'Alt+ArrowDown',
      'Alt+ArrowLeft',
      'Alt+ArrowRight',
      'Alt+ArrowUp',
      'Alt+a',
      'Alt+Shift+ArrowLeft',
      'Alt+Shift+ArrowRight',
      'Alt+PageDown',
      'Alt+PageUp',
      'Alt+c',
      'Alt+e',
      'Alt+Shift+m',
      'Alt+h',
      'Alt+k',
      'Alt+m',
      'Alt+n',
      'Alt+r',
      'Alt+s',
      'Alt+t',
      'Alt+u',
      'Alt+v',
      'Alt+w',
      'Alt+z',
      'ArrowDown',
      'ArrowLeft',
      'ArrowRight',
      'ArrowUp',
      'Backspace',
      'Delete',
      'End',
      'Enter',
      'Escape',
      'Home',
      'Mod+Shift+z',
      'Mod+k',
      'Mod+y',
      'Mod+z',
      'PageDown',
      'PageUp',
      'Shift+ArrowDown',
      'Shift+ArrowLeft',
      'Shift+ArrowRight',
      'Shift+ArrowUp',
      'Space',
    ].sort(),
  )
  expect(workingKeysOf(findEntry('speak.microphone'), { changed: {}, singleCharacters: false })).toEqual([])
})

it('knows single characters, strong modifiers and the parts of a name', () => {
  expect(['m', 'Shift+o', '+', '1'].map(isSingleCharacter)).toEqual([true, true, true, true])
  expect(['Space', 'Mod+k', 'Alt+1', 'F2', 'Mod++'].map(isSingleCharacter)).toEqual(Array(5).fill(false))
  expect(['Mod+k', 'Alt+Shift+1', 'Shift+o', '+', 'Space'].map(hasStrongModifier)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
  expect(toKeyParts('Mod++')).toEqual(['Mod', '+'])
})

it('shows keys as they stand on the caps, and spells them for screen readers', () => {
  expect(['Mod+z', 'Shift+o', 'PageDown', 'm', 'Mod++'].map((name) => toKeyText(name, false))).toEqual([
    'Ctrl+Z',
    'Shift+O',
    'PgDn',
    'M',
    'Ctrl++',
  ])
  expect(toKeyText('Mod+Shift+k', true)).toBe('⌘⇧K')
  expect([toAriaKeys('Mod+k', false), toAriaKeys('Mod+k', true)]).toEqual(['Control+K', 'Meta+K'])
})
