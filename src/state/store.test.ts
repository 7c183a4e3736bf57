import { expect, it, vi } from 'vitest'
import type { StudyState } from './appState.ts'
import { createAppStore } from './store.ts'
import { NEW_STUDY } from './studyState.ts'
import { isPanelShown } from './viewSetters.ts'

const problem = (message: string) => ({ code: 'x', message, nextStep: 'Do it again.' })

it('patches one slice and leaves the others as they were', () => {
  const store = createAppStore()
  const before = store.get()
  store.patch('view', { heatOpacity: 0.9 })
  expect(store.get().view).toEqual({ ...before.view, heatOpacity: 0.9 })
  expect(store.get().desk).toBe(before.desk)
})

it('changes the record of one study and leaves the others as they were', () => {
  const store = createAppStore()
  const record = (id: string) => ({ ...NEW_STUDY, study: { id } as StudyState['study'] })
  store.putStudy('a', record('a'))
  store.putStudy('b', record('b'))
  const { b } = store.get().studies
  const heat = { kind: 'ct' } as const
  store.putStudy('a', { ...record('a'), heat })
  expect(store.getStudy('a')?.heat).toBe(heat)
  expect(store.get().studies.b).toBe(b)
  store.removeStudy('a')
  expect([store.getStudy('a'), Object.keys(store.get().studies)]).toEqual([null, ['b']])
})

it('tells the user a problem once until it is dismissed', () => {
  const store = createAppStore()
  store.notify(problem('a'))
  store.notify(problem('a'), 'warning')
  expect(store.get().notices).toHaveLength(1)
  store.dismissNotice(store.get().notices[0].id)
  store.notify(problem('a'), 'warning')
  expect(store.get().notices.map((notice) => notice.severity)).toEqual(['warning'])
})

it('gives what goes by itself its whole time again when it is told again', () => {
  const store = createAppStore()
  store.notify(problem('a'), 'info')
  const [first] = store.get().notices
  store.notify(problem('a'), 'info')
  expect(store.get().notices).toHaveLength(1)
  expect(store.get().notices[0].id).not.toBe(first.id)
})

it('keeps every notice until it is dismissed', () => {
  const store = createAppStore()
  const messages = Array.from({ length: 40 }, (_, n) => String(n))
  for (const message of messages) store.notify(problem(message))
  expect(store.get().notices.map((notice) => notice.told.message)).toEqual(messages)
})

it('makes the maximised view the active one and leaves it active afterwards', () => {
  const store = createAppStore()
  store.view.maximise('sagittal')
  store.view.maximise(null)
  expect(store.get().view).toMatchObject({ maximisedPaneId: null, activePaneId: 'sagittal' })
})

it('changes nothing when the active view is activated again', () => {
  const store = createAppStore()
  const heard = vi.fn()
  store.subscribe(heard)
  store.view.activate('axial')
  expect(heard).not.toHaveBeenCalled()
  store.view.activate('coronal')
  expect(heard).toHaveBeenCalledTimes(1)
})

it('hides one panel and leaves the others open', () => {
  const store = createAppStore()
  store.view.togglePanel('studies')
  expect(store.get().view.panels).toEqual({ studies: false, findings: true, dictation: true })
})

it('keeps read-outs out of the app state: a slice or level change wakes none of its listeners', () => {
  const store = createAppStore()
  const heard = vi.fn()
  store.subscribe(heard)
  store.readout.setSlice('current', 'axial', {
    number: 12,
    count: 300,
    firstMm: 0,
    stepMm: 1,
    isMissing: false,
    missingOf: null,
    instanceNumber: null,
  })
  store.readout.setLevel(0.4)
  expect(heard).not.toHaveBeenCalled()
  expect(store.readout.getState().level).toBe(0.4)
})

it('keeps the slices of the two viewers apart and forgets one alone', () => {
  const { readout } = createAppStore()
  readout.setSlice('current', 'axial', {
    number: 12,
    count: 300,
    firstMm: 0,
    stepMm: 1,
    isMissing: false,
    missingOf: null,
    instanceNumber: null,
  })
  readout.setSlice('comparison', 'comparison-axial', {
    number: 5,
    count: 90,
    firstMm: 0,
    stepMm: 1,
    isMissing: false,
    missingOf: null,
    instanceNumber: null,
  })
  readout.setSlice('current', 'coronal', {
    number: 7,
    count: 512,
    firstMm: 0,
    stepMm: 1,
    isMissing: false,
    missingOf: null,
    instanceNumber: null,
  })
  readout.clear('comparison')
  const { current, comparison } = readout.getState().viewers
  expect(current.slices).toEqual({
    axial: { number: 12, count: 300, firstMm: 0, stepMm: 1, isMissing: false, missingOf: null, instanceNumber: null },
    coronal: { number: 7, count: 512, firstMm: 0, stepMm: 1, isMissing: false, missingOf: null, instanceNumber: null },
  })
  expect(comparison.slices).toEqual({})
})

it('opens one drawer at a time where the window is narrow, and finds the panels again where it is wide', () => {
  const store = createAppStore()
  store.view.setNarrow(true)
  const shown = () =>
    (['studies', 'dictation', 'findings'] as const).filter((panel) => isPanelShown(store.get(), panel))
  expect(shown()).toEqual(['dictation'])
  store.view.togglePanel('studies')
  store.view.togglePanel('findings')
  expect(shown()).toEqual(['dictation', 'findings'])
  store.view.togglePanel('findings')
  expect(shown()).toEqual(['dictation'])
  store.view.setNarrow(false)
  expect(shown()).toEqual(['studies', 'dictation', 'findings'])
})
