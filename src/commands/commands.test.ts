import { expect, it } from 'vitest'
import { WINDOW_PRESETS } from '../domain/volume/windowPresets.ts'
import { NEW_STUDY } from '../state/studyState.ts'
import { toTitleNow } from './command.ts'
import { createTestContext, showStudy } from './context.fixture.ts'
import type { CommandContext } from './context.ts'
import { runEntry } from './runEntry.ts'
import { stepFrom } from './stepFrom.ts'
import { COMMANDS, ENTRIES, findEntry, groupEntries } from './table.ts'

const press = (context: CommandContext, key: string) => {
  const entry = ENTRIES.find(({ keys }) => keys.includes(key))
  if (!entry) throw new Error(`No command has the key ${key}.`)
  return runEntry(entry, context)
}

it('binds no key twice', () => {
  const keys = ENTRIES.flatMap((entry) => entry.keys)
  expect(keys.length).toBeGreaterThan(30)
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
})

it('gives every entry an id and a title of its own, so that sheet, palette and settings are unambiguous', () => {
  for (const names of [ENTRIES.map(({ id }) => id), ENTRIES.map(({ title }) => title)])
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})

it('finds the commands of every feature by the place of its file, headed in the order of the help sheet', () => {
  const features = new Set(COMMANDS.map(({ id }) => id.split('.')[0]))
  for (const name of ['speak', 'scroll', 'views', 'findings', 'cases', 'window', 'studies', 'panels', 'model'])
    expect(features).toContain(name)
  for (const name of ['help', 'palette', 'keys', 'identity']) expect(features).toContain(name)
  expect(groupEntries(ENTRIES).map(({ group }) => group)).toEqual([
    'Speak',
    'Undo',
    'Scroll and view',
    'Layout',
    'Slab',
    'Measure',
    'Report',
    'Overlays',
    'Findings and cases',
    'Prior',
    'Window',
    'Open and panels',
    'Model',
    'Help and keys',
  ])
})

it('names only commands that exist as what takes a command back, and only its own slots in what is said for it', () => {
  const ids = new Set(COMMANDS.map(({ id }) => id))
  for (const { undo } of COMMANDS) expect(typeof undo !== 'string' || ids.has(undo), String(undo)).toBe(true)
  for (const { phrases = [], slots = {} } of COMMANDS)
    for (const phrase of phrases.flatMap((one) => (typeof one === 'string' ? [one] : one.say))) {
      expect(phrase).toMatch(/^[a-z0-9 {}()[\]|<>]+$/)
      for (const [, slot] of phrase.matchAll(/\{(\w+)\}/g)) expect(Object.keys(slots), phrase).toContain(slot)
    }
})

it('ends a recording by Escape first, then goes back to all views, then cancels whatever is under way, and else does nothing', () => {
  const { context, store, calls } = createTestContext()
  expect(press(context, 'Escape')).toBe(false)
  store.patch('view', { recording: { label: 'Recording the view', fraction: 0.5 } })
  store.view.maximise('axial')
  press(context, 'Escape')
  store.patch('view', { recording: null })
  showStudy(store, { findings: { ...NEW_STUDY.findings, phase: 'working' } })
  press(context, 'Escape')
  store.view.maximise(null)
  press(context, 'Escape')
  showStudy(store, {})
  store.patch('desk', { phase: 'working' })
  press(context, 'Escape')
  store.patch('desk', { phase: 'ready', comparisonPhase: 'working' })
  press(context, 'Escape')
  store.patch('desk', { comparisonPhase: 'idle' })
  const fileProgress = { label: 'Listening', fraction: 0.5 }
  showStudy(store, { dictation: { ...NEW_STUDY.dictation, fileProgress } })
  press(context, 'Escape')
  expect(calls).toEqual([['stopVideo'], ['maximisePane', null], ...Array(4).fill(['cancelWork'])])
})

it('applies the window preset of each number, and asks for one where none is named', () => {
  const { context, calls } = createTestContext()
  for (const { key } of WINDOW_PRESETS) press(context, key)
  runEntry(findEntry('window.preset'), context)
  runEntry(findEntry('window.preset'), context, { preset: 'bone' })
  expect(calls).toEqual([
    ...WINDOW_PRESETS.map(({ id }) => ['applyWindowPreset', id]),
    ['page.choose', 'window.preset'],
    ['applyWindowPreset', 'bone'],
  ])
})

it('talks while Space is held and stops on release', () => {
  const { context, calls } = createTestContext()
  const { command } = findEntry('speak.talk')
  expect(press(context, 'Space')).toBe(true)
  command.release?.(context)
  expect(calls).toEqual([['startTalking'], ['stopTalking']])
})

it('scrolls down the body in the axial view and to the back in the coronal one, in the active viewer', () => {
  const { context, store, calls } = createTestContext()
  press(context, 'ArrowDown')
  store.patch('desk', { comparisonPhase: 'working' })
  store.view.activate('comparison-coronal')
  press(context, 'PageDown')
  runEntry(findEntry('scroll.slices'), context, { slices: -3 })
  expect(calls).toEqual([
    ['scrollPane', 'axial', 1],
    ['scrollPane', 'comparison-coronal', 10],
    ['scrollPane', 'comparison-coronal', -3],
  ])
})

it('takes the heat away and brings that of the last finding or typed sentence back', () => {
  const { context, store, calls } = createTestContext()
  const heat = { kind: 'finding', findingId: 'emphysema' } as const
  expect(press(context, 'h')).toBe(false)
  const similar = { ...NEW_STUDY.similar, query: heat }
  showStudy(store, { similar, heat })
  press(context, 'h')
  showStudy(store, { similar })
  press(context, 'h')
  showStudy(store, { similar: { ...NEW_STUDY.similar, query: { kind: 'text', text: 'small effusion' } } })
  press(context, 'h')
  expect(calls).toEqual([['clearHeat'], ['showHeat'], ['showHeat']])
})

it('moves the large view along with V', () => {
  const { context, store, calls } = createTestContext()
  store.view.maximise('axial')
  press(context, 'v')
  expect(calls).toEqual([
    ['maximisePane', 'coronal'],
    ['activatePane', 'coronal'],
  ])
})

it('makes, changes, thickens and spreads the slab of the active view', () => {
  const { context, store, calls } = createTestContext()
  press(context, 's')
  press(context, 'Shift+s')
  runEntry(findEntry('slab.set'), context, { mode: 'average', mm: 8 })
  expect(runEntry(findEntry('slab.off'), context)).toBe(false)
  store.view.setSlab('axial', { mode: 'average', thicknessMm: 8 })
  runEntry(findEntry('slab.thickness'), context, { mm: 25 })
  press(context, 'Shift+s')
  press(context, 'Alt+ArrowUp')
  press(context, 's')
  runEntry(findEntry('slab.all'), context)
  expect(calls).toEqual([
    ['setSlab', 'axial', { mode: 'mip', thicknessMm: 10 }],
    ['setSlab', 'axial', { mode: 'mip', thicknessMm: 10 }],
    ['setSlab', 'axial', { mode: 'average', thicknessMm: 8 }],
    ['setSlab', 'axial', { mode: 'average', thicknessMm: 25 }],
    ['setSlab', 'axial', { mode: 'mip', thicknessMm: 8 }],
    ['thickenSlab', 'axial', 1],
    ['setSlab', 'axial', null],
    ['spreadSlab', 'axial'],
  ])
})

it('closes a similar case only when there is one', () => {
  const { context, store, calls } = createTestContext()
  press(context, 'c')
  store.patch('desk', { comparisonPhase: 'working' })
  press(context, 'c')
  expect(calls).toEqual([['closeComparison']])
})

it('goes into the field for typed queries and shows the panel for it; where the model cannot read them it says so', () => {
  const { context, store, calls } = createTestContext()
  press(context, '/')
  store.patch('model', { textPhase: 'ready' })
  press(context, '/')
  expect(calls).toEqual([['tellNoTyping'], ['page.focusTyped']])
  store.view.togglePanel('findings')
  press(context, '/')
  expect(calls.slice(2)).toEqual([['togglePanel', 'findings'], ['page.focusTyped']])
})

it('asks before it runs what nothing takes back', () => {
  const { context, store, calls } = createTestContext()
  const kept = { id: 'own', title: 'Own', line: '', kept: {} as never }
  store.patch('model', { packs: [kept] })
  runEntry(findEntry('model.remove'), context, { pack: 'own' })
  expect(calls).toEqual([
    ['page.confirm', expect.stringContaining('Remove this model'), 'Remove a model of yours', expect.any(Function)],
  ])
  const run = calls[0][3] as () => void
  run()
  expect(calls[1]).toEqual(['removePack', 'own'])
})

it('steps from the selected item, from an end when none is, and stops at the ends', () => {
  expect(stepFrom(['a', 'b'], 'a', 1)).toBe('b')
  expect(stepFrom(['a', 'b'], null, 1)).toBe('a')
  expect(stepFrom(['a', 'b'], null, -1)).toBe('b')
  expect(stepFrom(['a', 'b'], 'b', 1)).toBeUndefined()
  expect(stepFrom(['a', 'b'], 'a', -1)).toBeUndefined()
})

it('undo and redo say what they would do, and run for what was done last', () => {
  const { context, store, calls } = createTestContext()
  const title = (id: string) => toTitleNow(findEntry(id), store.get())
  expect([title('speak.undo'), findEntry('speak.undo').command.when(store.get())]).toEqual([
    'Undo the last change of the study',
    false,
  ])
  const last = { kind: 'measure', text: 'Length drawn' } as const
  showStudy(store, { history: { undo: last, redo: { kind: 'words', text: 'Text corrected' } } })
  expect([title('speak.undo'), title('measure.redo')]).toEqual(['Undo: Length drawn', 'Redo: Text corrected'])
  for (const id of ['speak.undo', 'measure.redo']) runEntry(findEntry(id), context)
  expect(calls.map(([name]) => name)).toEqual(['undoChange', 'redoChange'])
})
