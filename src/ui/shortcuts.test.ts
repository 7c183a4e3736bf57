import { expect, it } from 'vitest'
import { WINDOW_PRESETS } from '../domain/volume/windowPresets.ts'
import { createAppStore } from '../state/store.ts'
import type { Actions } from './actions.ts'
import type { AppContextValue, Viewers } from './appContext.ts'
import { createDialogStore } from './dialogs.ts'
import { stepFrom } from './shortcutRuns.ts'
import { SHORTCUTS } from './shortcuts.ts'

/** A context whose actions write down what they were asked for. */
function createContext() {
  const calls: unknown[][] = []
  const actions = new Proxy({} as Actions, {
    get:
      (_, name) =>
      (...args: unknown[]) =>
        calls.push([name, ...args]),
  })
  const inputs = {
    files: { current: null },
    folder: { current: null },
    audio: { current: null },
    pack: { current: null },
    typed: { current: null },
  }
  const context: AppContextValue = {
    store: createAppStore(),
    actions,
    viewers: {} as Viewers,
    dialogs: createDialogStore(),
    inputs,
  }
  return { context, calls }
}

const press = (context: AppContextValue, key: string) =>
  SHORTCUTS.find((shortcut) => shortcut.keys.includes(key))?.run(context)

it('binds no key twice', () => {
  const keys = SHORTCUTS.flatMap((shortcut) => shortcut.keys)
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
})

it('gives every shortcut its own label, so that the help sheet is unambiguous', () => {
  const labels = SHORTCUTS.map((shortcut) => shortcut.label)
  expect(new Set(labels).size).toBe(labels.length)
})

it('goes back to all views by Escape first, then cancels what is under way, and else does nothing', () => {
  const { context, calls } = createContext()
  press(context, 'Escape')
  context.store.view.maximise('axial')
  context.store.patch('findings', { phase: 'working' })
  press(context, 'Escape')
  context.store.view.maximise(null)
  press(context, 'Escape')
  context.store.patch('findings', { phase: 'ready' })
  context.store.patch('study', { phase: 'working' })
  press(context, 'Escape')
  expect(calls).toEqual([['maximise', null], ['cancelWork'], ['cancelWork']])
})

it('applies the window preset of each number', () => {
  const { context, calls } = createContext()
  for (const { key } of WINDOW_PRESETS) press(context, key)
  expect(calls).toEqual(WINDOW_PRESETS.map(({ id }) => ['applyWindowPreset', id]))
})

it('talks while Space is held and stops on release', () => {
  const { context, calls } = createContext()
  const talk = SHORTCUTS.find((shortcut) => shortcut.keys.includes('Space'))
  talk?.run(context)
  talk?.release?.(context)
  expect(calls).toEqual([['startTalking'], ['stopTalking']])
})

it('scrolls down the body in the axial view and to the back in the coronal one, in the active viewer', () => {
  const { context, calls } = createContext()
  press(context, 'ArrowDown')
  context.store.view.activate('comparison', 'coronal')
  press(context, 'PageDown')
  expect(calls).toEqual([
    ['scrollView', 'current', 'axial', -1],
    ['scrollView', 'comparison', 'coronal', 10],
  ])
})

it('takes the heat away and brings that of the last finding back', () => {
  const { context, calls } = createContext()
  const heat = { kind: 'finding', findingId: 'emphysema' } as const
  context.store.patch('similar', { query: heat })
  context.store.patch('view', { heat })
  press(context, 'h')
  context.store.patch('view', { heat: null })
  press(context, 'h')
  expect(calls).toEqual([['clearHeat'], ['selectFinding', 'emphysema']])
})

it('does nothing on H when nothing was ever selected', () => {
  const { context, calls } = createContext()
  press(context, 'h')
  expect(calls).toEqual([])
})

it('moves the large view along with V', () => {
  const { context, calls } = createContext()
  context.store.view.maximise('axial')
  press(context, 'v')
  expect(calls).toEqual([
    ['maximise', 'coronal'],
    ['activateView', 'current', 'coronal'],
  ])
})

it('closes a similar case only when there is one', () => {
  const { context, calls } = createContext()
  press(context, 'c')
  context.store.study.beginComparison('case-1')
  press(context, 'c')
  expect(calls).toEqual([['closeComparison']])
})

it('steps from the selected item, from an end when none is, and stops at the ends', () => {
  expect(stepFrom(['a', 'b'], 'a', 1)).toBe('b')
  expect(stepFrom(['a', 'b'], null, 1)).toBe('a')
  expect(stepFrom(['a', 'b'], null, -1)).toBe('b')
  expect(stepFrom(['a', 'b'], 'b', 1)).toBeUndefined()
  expect(stepFrom(['a', 'b'], 'a', -1)).toBeUndefined()
})

it('goes into the field for typed queries only where the model can read them, and shows the panel for it', () => {
  const { context, calls } = createContext()
  let selected = 0
  const field = { select: () => selected++ } as unknown as HTMLInputElement
  const typing = { ...context, inputs: { ...context.inputs, typed: { current: field } } }
  press(typing, '[Shift]+/')
  expect([selected, calls]).toEqual([0, []])
  context.store.patch('model', { textPhase: 'ready' })
  press(typing, '[Shift]+/')
  expect([selected, calls]).toEqual([1, []])
  context.store.view.togglePanel('findings')
  press(typing, '[Shift]+/')
  expect(calls).toEqual([['togglePanel', 'findings']])
})

it('brings the heat of a typed sentence back', () => {
  const { context, calls } = createContext()
  context.store.patch('similar', { query: { kind: 'text', text: 'small effusion' } })
  press(context, 'h')
  expect(calls).toEqual([['ask', 'small effusion']])
})
