import { expect, it, vi } from 'vitest'
import type { OpenStudy, UtteranceItem } from './appState.ts'
import { createAppStore } from './store.ts'

const problem = (message: string) => ({ code: 'x', message, nextStep: 'Do it again.' })

const utterance = (id: string): UtteranceItem => ({
  id,
  startMs: 0,
  durationMs: 1000,
  source: 'microphone',
  waveform: [],
  phase: 'ready',
  transcript: '',
  said: [],
  place: null,
  encodeMs: null,
  problem: null,
})

const study = (id: string): OpenStudy => ({
  id,
  title: id,
  format: 'phantom',
  size: [1, 1, 1],
  spacingMm: [1, 1, 1],
  origin: '',
  groundTruth: null,
})

const idsOf = (store: ReturnType<typeof createAppStore>) => store.get().dictation.utterances.map((item) => item.id)

it('patches one slice and leaves the others as they were', () => {
  const store = createAppStore()
  const before = store.get()
  store.patch('view', { heatOpacity: 0.9 })
  expect(store.get().view).toEqual({ ...before.view, heatOpacity: 0.9 })
  expect(store.get().study).toBe(before.study)
})

it('keeps the patched object itself, so that a flow can tell its own heat from a later one', () => {
  const store = createAppStore()
  const heat = { kind: 'ct' } as const
  store.patch('view', { heat })
  expect(store.get().view.heat).toBe(heat)
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

it('drops the oldest notice when a sixth comes', () => {
  const store = createAppStore()
  for (const message of ['1', '2', '3', '4', '5', '6']) store.notify(problem(message))
  expect(store.get().notices.map((notice) => notice.problem.message)).toEqual(['2', '3', '4', '5', '6'])
})

it('puts a deleted utterance back where it stood', () => {
  const store = createAppStore()
  store.patch('dictation', { utterances: ['a', 'b', 'c'].map(utterance), playingUtteranceId: 'b' })
  expect(store.dictation.removeUtterance('b')?.id).toBe('b')
  expect(idsOf(store)).toEqual(['a', 'c'])
  expect(store.get().dictation.playingUtteranceId).toBeNull()
  expect(store.dictation.restoreUtterance()?.id).toBe('b')
  expect(idsOf(store)).toEqual(['a', 'b', 'c'])
  expect(store.dictation.restoreUtterance()).toBeNull()
})

it('restores at the end when the utterances before it have gone meanwhile', () => {
  const store = createAppStore()
  store.patch('dictation', { utterances: ['a', 'b', 'c'].map(utterance) })
  store.dictation.removeUtterance('c')
  store.patch('dictation', { utterances: [utterance('a')] })
  store.dictation.restoreUtterance()
  expect(idsOf(store)).toEqual(['a', 'c'])
})

it('refuses to delete an utterance that is not there', () => {
  const store = createAppStore()
  expect(store.dictation.removeUtterance('nobody')).toBeNull()
  expect(store.get().dictation.lastRemoved).toBeNull()
})

it('gives the keys back to the current study when the similar case is closed', () => {
  const store = createAppStore()
  store.study.beginComparison('case-1')
  expect(store.get().study).toMatchObject({ comparisonPhase: 'working', comparisonCaseId: 'case-1', comparison: null })
  store.study.showComparison(study('v2'))
  store.view.activate('comparison', 'coronal')
  store.study.closeComparison()
  expect(store.get().study).toMatchObject({ comparisonPhase: 'idle', comparisonCaseId: null, comparison: null })
  expect(store.get().view).toMatchObject({ activeViewer: 'current', activeOrientation: 'coronal' })
})

it('makes the maximised view the active one and leaves it active afterwards', () => {
  const store = createAppStore()
  store.view.maximise('sagittal')
  store.view.maximise(null)
  expect(store.get().view).toMatchObject({ maximised: null, activeOrientation: 'sagittal' })
})

it('changes nothing when the active view is activated again', () => {
  const store = createAppStore()
  const heard = vi.fn()
  store.subscribe(heard)
  store.view.activate('current', 'axial')
  expect(heard).not.toHaveBeenCalled()
  store.view.activate('current', 'coronal')
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
  store.readout.setSlice('current', 'axial', 12, 300)
  store.readout.setLevel(0.4)
  expect(heard).not.toHaveBeenCalled()
  expect(store.readout.getState().level).toBe(0.4)
})

it('keeps the slices of the two viewers apart and forgets one alone', () => {
  const { readout } = createAppStore()
  readout.setSlice('current', 'axial', 12, 300)
  readout.setSlice('comparison', 'axial', 5, 90)
  readout.setSlice('current', 'coronal', 7, 512)
  readout.clear('comparison')
  const { current, comparison } = readout.getState().viewers
  expect(current.slices).toEqual({
    axial: { number: 12, count: 300 },
    coronal: { number: 7, count: 512 },
    sagittal: null,
  })
  expect(comparison.slices.axial).toBeNull()
})
