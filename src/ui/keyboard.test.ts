import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createTestContext, showStudy } from '../commands/context.fixture.ts'
import type { AppContextValue, FileInputs, Viewers } from './appContext.ts'
import { createDialogStore } from './dialogs.ts'
import { bindKeyboard } from './keyboard.ts'

/** The least of an element that the rules of the keyboard ask for: a text field, or the page itself. */
class PageElement extends EventTarget {
  constructor(readonly kind: 'page' | 'field' | 'sheet') {
    super()
  }
  matches = (selectors: string) => this.kind === 'field' && selectors.startsWith('textarea')
  closest = (selectors: string) => (this.kind === 'sheet' && selectors.includes('aria-modal') ? this : null)
}

const page = new PageElement('page')
let unbind = () => {}

beforeEach(() => {
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('Element', PageElement)
})

afterEach(() => {
  unbind()
  vi.unstubAllGlobals()
})

function createPage() {
  const { context: commands, store, calls } = createTestContext()
  const dialogs = createDialogStore()
  const context: AppContextValue = {
    store,
    actions: commands.actions,
    viewers: {} as Viewers,
    dialogs,
    inputs: {} as FileInputs,
    commands,
  }
  unbind = bindKeyboard(context)
  return { store, dialogs, calls }
}

interface Press {
  readonly key: string
  readonly code?: string
  readonly repeat?: boolean
  readonly ctrlKey?: boolean
  readonly at?: PageElement
}

function send(type: 'keydown' | 'keyup', { key, code = key, at = page, ...rest }: Press): Event {
  const event = new Event(type, { cancelable: true })
  const held = { ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, repeat: false, ...rest }
  const properties = { key, code, target: at, getModifierState: () => false, ...held }
  for (const [name, value] of Object.entries(properties)) Object.defineProperty(event, name, { value })
  window.dispatchEvent(event)
  return event
}

const SPACE = { key: ' ', code: 'Space' }

it('begins to talk in the very event of the key, and ends on its release', () => {
  const { calls } = createPage()
  expect(send('keydown', SPACE).defaultPrevented).toBe(true)
  expect(calls).toEqual([['startTalking']])
  send('keydown', { ...SPACE, repeat: true })
  send('keyup', { key: 'm', code: 'KeyM' })
  expect(calls).toEqual([['startTalking']])
  expect(send('keyup', SPACE).defaultPrevented).toBe(true)
  expect(calls).toEqual([['startTalking'], ['stopTalking']])
  send('keyup', SPACE)
  expect(calls).toHaveLength(2)
})

it('ends to talk when the window loses the keyboard, or the page is taken down', () => {
  const { calls } = createPage()
  send('keydown', SPACE)
  window.dispatchEvent(new Event('blur'))
  send('keydown', SPACE)
  unbind()
  expect(calls).toEqual([['startTalking'], ['stopTalking'], ['startTalking'], ['stopTalking']])
  send('keydown', SPACE)
  expect(calls).toHaveLength(4)
})

it('ends to talk by the key that began it, also where keys are changed meanwhile', () => {
  const { store, calls } = createPage()
  send('keydown', SPACE)
  store.patch('keys', { changed: { 'speak.talk': ['F2'] } })
  send('keyup', SPACE)
  send('keydown', SPACE)
  send('keydown', { key: 'F2' })
  expect(calls).toEqual([['startTalking'], ['stopTalking'], ['startTalking']])
})

it('repeats what scrolls while its key is held, and nothing else', () => {
  const { calls } = createPage()
  for (const repeat of [false, true, true]) {
    send('keydown', { key: 'ArrowDown', repeat })
    send('keydown', { key: 'r', code: 'KeyR', repeat })
  }
  expect(calls.map(([name]) => name)).toEqual(['scrollPane', 'resetView', 'scrollPane', 'scrollPane'])
})

it('leaves the keys to a text field, but for those with Ctrl that open a sheet', () => {
  const { store, calls } = createPage()
  const at = new PageElement('field')
  showStudy(store, { history: { undo: { kind: 'words', text: 'Text corrected' }, redo: null } })
  send('keydown', { key: 'r', code: 'KeyR', at })
  send('keydown', { key: 'z', code: 'KeyZ', ctrlKey: true, at })
  send('keydown', { ...SPACE, at })
  send('keydown', { key: '?', code: 'Slash', at })
  expect(calls).toEqual([])
  send('keydown', { key: 'k', code: 'KeyK', ctrlKey: true, at })
  expect(calls).toEqual([['page.toggle', 'palette']])
})

it('leaves the keys to an open sheet, its closing Escape included, and all of them to a question', () => {
  const { store, dialogs, calls } = createPage()
  const at = new PageElement('sheet')
  store.view.maximise('axial')
  dialogs.show('model')
  send('keydown', { key: 'r', code: 'KeyR' })
  send('keydown', { key: '?', code: 'Slash' })
  expect(calls).toEqual([['page.toggle', 'help']])
  dialogs.show(null)
  send('keydown', { key: 'Escape', at })
  expect(calls).toHaveLength(1)
  dialogs.confirm('Sure?', 'Yes', () => {})
  send('keydown', { key: '?', code: 'Slash' })
  send('keydown', { key: 'k', code: 'KeyK', ctrlKey: true })
  expect(calls).toHaveLength(1)
})

it('does nothing by a typed sentence while single characters are switched off', () => {
  const { store, calls } = createPage()
  store.patch('keys', { singleCharacters: false })
  for (const key of 'no effusion in the left chest') {
    const code = key === ' ' ? 'Space' : `Key${key.toUpperCase()}`
    expect(send('keydown', { key, code }).defaultPrevented).toBe(false)
    send('keyup', { key, code })
  }
  expect(calls).toEqual([])
})

it.each(['F13', 'MediaPlayPause', 'AudioVolumeMute', 'Insert', 'PageDown'])(
  'talks while %s of a foot pedal or of a dictation microphone is held, and turns the microphone on and off by it',
  (key) => {
    const { store, calls } = createPage()
    store.patch('keys', { changed: { 'speak.talk': [key] } })
    for (const repeat of [false, true, true]) send('keydown', { key, code: '', repeat })
    send('keyup', { key, code: '' })
    expect(calls).toEqual([['startTalking'], ['stopTalking']])
    store.patch('keys', { changed: { 'speak.microphone': [key] } })
    send('keydown', { key, code: '' })
    expect(calls.slice(2)).toEqual([['toggleMicrophone']])
  },
)
