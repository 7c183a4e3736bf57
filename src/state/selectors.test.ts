import { expect, it } from 'vitest'
import type { AppState, FindingRow, UtteranceItem } from './appState.ts'
import { INITIAL_STATE } from './initialState.ts'
import {
  isDiffering,
  selectActivity,
  selectHasFindings,
  selectIsAtHand,
  selectIsComparing,
  selectIsIdle,
  selectLatestUtterance,
  selectSelectedFindingId,
  selectSelectedUtteranceId,
} from './selectors.ts'

type Changes = { [Slice in keyof AppState]?: Partial<AppState[Slice]> }

const stateWith = (changes: Changes): AppState => {
  const slices = Object.entries(changes).map(([name, change]) => [
    name,
    { ...INITIAL_STATE[name as keyof AppState], ...change },
  ])
  return { ...INITIAL_STATE, ...Object.fromEntries(slices) }
}

const utterance = (id: string, phase: UtteranceItem['phase']): UtteranceItem => ({
  id,
  startMs: 0,
  durationMs: 1000,
  source: 'file',
  waveform: [],
  phase,
  transcript: null,
  said: [],
  place: null,
  encodeMs: null,
  problem: null,
})

const row = (change: Partial<FindingRow>): FindingRow => ({
  id: 'lung_nodule',
  label: 'Lung nodule',
  probability: 0.5,
  seen: 'unsure',
  said: 'not-mentioned',
  saidMargin: null,
  saidByUtteranceId: null,
  agreement: null,
  ...change,
})

it('is idle at the start', () => {
  expect(selectIsIdle(INITIAL_STATE)).toBe(true)
  expect(selectActivity(INITIAL_STATE)).toBeNull()
})

it.each<[string, Changes]>([
  ['a study is opened', { study: { phase: 'working' } }],
  ['a similar case is opened', { study: { comparisonPhase: 'working' } }],
  ['models load', { model: { phase: 'working' } }],
  ['a scan is encoded', { findings: { phase: 'working' } }],
  ['the browser asks for the microphone', { dictation: { microphone: 'starting' } }],
  ['an audio file is cut', { dictation: { fileProgress: { label: 'Cutting', fraction: 0.5 } } }],
  ['an utterance is encoded', { dictation: { utterances: [utterance('a', 'ready'), utterance('b', 'encoding')] } }],
])('is not idle while %s', (_, changes) => {
  expect(selectIsIdle(stateWith(changes))).toBe(false)
})

it('is idle while the microphone listens, and after failures', () => {
  expect(selectIsIdle(stateWith({ dictation: { microphone: 'listening' } }))).toBe(true)
  expect(selectIsIdle(stateWith({ study: { phase: 'failed' }, findings: { phase: 'failed' } }))).toBe(true)
})

it('names the opening of a study before the loading of models', () => {
  const progress = { label: 'Decoding slices', fraction: 0.2 }
  const state = stateWith({
    study: { phase: 'working', progress },
    model: { phase: 'working', progress: { label: 'Fetching', fraction: null } },
  })
  expect(selectActivity(state)).toBe(progress)
})

it('marks the source of the heat as selected, and the query once the heat is gone', () => {
  const similar = { query: { kind: 'utterance', utteranceId: 'u1' } } as const
  const withHeat = stateWith({ view: { heat: { kind: 'finding', findingId: 'emphysema' } }, similar })
  expect(selectSelectedFindingId(withHeat)).toBe('emphysema')
  expect(selectSelectedUtteranceId(withHeat)).toBeNull()
  const without = stateWith({ similar })
  expect(selectSelectedFindingId(without)).toBeNull()
  expect(selectSelectedUtteranceId(without)).toBe('u1')
})

it('mounts the views of a similar case from the moment it is being opened', () => {
  expect(selectIsComparing(stateWith({ study: { comparisonPhase: 'working' } }))).toBe(true)
  expect(selectIsComparing(stateWith({ study: { comparisonPhase: 'failed' } }))).toBe(false)
})

it('counts both kinds of disagreement as differing, and agreement as not', () => {
  expect(isDiffering(row({ agreement: 'seen-not-said' }))).toBe(true)
  expect(isDiffering(row({ agreement: 'said-not-seen' }))).toBe(true)
  expect(isDiffering(row({ agreement: 'agree' }))).toBe(false)
  expect(isDiffering(row({ agreement: null }))).toBe(false)
})

it('has a finding at hand when it is seen or said present, not when it is said absent', () => {
  const at = (change: Partial<FindingRow>) =>
    selectIsAtHand(stateWith({ findings: { rows: [row(change)] } }), 'lung_nodule')
  expect(at({ seen: 'present' })).toBe(true)
  expect(at({ seen: 'absent', said: 'present' })).toBe(true)
  expect(at({ seen: 'absent', said: 'absent' })).toBe(false)
  expect(selectIsAtHand(INITIAL_STATE, 'lung_nodule')).toBe(false)
})

it('searches by the newest utterance that has been encoded', () => {
  const utterances = [utterance('a', 'ready'), utterance('b', 'ready'), utterance('c', 'encoding')]
  expect(selectLatestUtterance(stateWith({ dictation: { utterances } }))?.id).toBe('b')
  expect(selectLatestUtterance(INITIAL_STATE)).toBeNull()
})

it('has no findings while every row is blank, and has them once one is seen or spoken of', () => {
  const has = (change: Partial<FindingRow>) => selectHasFindings(stateWith({ findings: { rows: [row(change)] } }))
  expect(has({ probability: null, seen: null })).toBe(false)
  expect(has({ probability: null, seen: null, said: 'absent' })).toBe(true)
  expect(has({ probability: 0.01 })).toBe(true)
})
