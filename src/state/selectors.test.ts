import { expect, it } from 'vitest'
import { NO_EDITS } from '../domain/statements/edits.ts'
import type { AppState, FindingRow, StudyState, UtteranceItem } from './appState.ts'
import { INITIAL_STATE } from './initialState.ts'
import {
  isDiffering,
  selectActivity,
  selectHasFindings,
  selectIsAtHand,
  selectIsCancellable,
  selectIsComparing,
  selectIsIdle,
  selectLatestUtterance,
  selectRead,
  selectSelectedFindingId,
  selectSelectedUtteranceId,
} from './selectors.ts'
import { NEW_STUDY } from './studyState.ts'

type Changes = { [Slice in Exclude<keyof AppState, 'studies' | 'notices'>]?: Partial<AppState[Slice]> }
type StudyChanges = Partial<{ [Part in 'findings' | 'dictation' | 'similar']: Partial<StudyState[Part]> }> &
  Partial<Pick<StudyState, 'heat'>>

/** A record with some of its fields set. */
const recordWith = ({ heat = null, ...parts }: StudyChanges): StudyState => ({
  study: { id: 'one' } as StudyState['study'],
  findings: { ...NEW_STUDY.findings, ...parts.findings },
  dictation: { ...NEW_STUDY.dictation, ...parts.dictation },
  similar: { ...NEW_STUDY.similar, ...parts.similar },
  measures: NEW_STUDY.measures,
  keyImages: NEW_STUDY.keyImages,
  report: NEW_STUDY.report,
  history: NEW_STUDY.history,
  overlays: NEW_STUDY.overlays,
  heat,
  heatEvidence: null,
})

/** `read`: of the study that is read; `other`: of one that is open and not read. */
const stateWith = (changes: Changes, read: StudyChanges = {}, other: StudyChanges = {}): AppState => {
  const slices = Object.entries(changes).map(([name, change]) => [
    name,
    { ...INITIAL_STATE[name as keyof AppState], ...change },
  ])
  const studies = { one: recordWith(read), two: recordWith(other) }
  const desk = { ...INITIAL_STATE.desk, readId: 'one', ...changes.desk }
  return { ...INITIAL_STATE, ...Object.fromEntries(slices), studies, desk }
}

const utterance = (id: string, phase: UtteranceItem['phase']): UtteranceItem => ({
  id,
  startMs: 0,
  durationMs: 1000,
  source: 'file',
  waveform: [],
  phase,
  transcript: null,
  words: null,
  statements: [],
  edits: NO_EDITS,
  place: null,
  isAdopted: false,
  isRecovered: false,
  encodeMs: null,
  problem: null,
})

const row = (change: Partial<FindingRow>): FindingRow => ({
  id: 'lung_nodule',
  label: 'Lung nodule',
  probability: 0.5,
  seen: 'unsure',
  said: 'not-mentioned',
  deciding: [],
  group: 'ranked',
  agreement: null,
  ...change,
})

it('is idle at the start', () => {
  expect(selectIsIdle(INITIAL_STATE)).toBe(true)
  expect(selectActivity(INITIAL_STATE)).toBeNull()
})

it.each<[string, Changes, StudyChanges?]>([
  ['a study is opened', { desk: { phase: 'working' } }],
  ['a similar case is opened', { desk: { comparisonPhase: 'working' } }],
  ['models load', { model: { phase: 'working' } }],
  ['the browser asks for the microphone', { microphone: { status: 'starting' } }],
  ['a scan is encoded', {}, { findings: { phase: 'working' } }],
  ['an audio file is cut', {}, { dictation: { fileProgress: { label: 'Cutting', fraction: 0.5 } } }],
  ['an utterance is encoded', {}, { dictation: { utterances: [utterance('a', 'ready'), utterance('b', 'encoding')] } }],
])('is not idle while %s, for whichever study', (_, changes, study = {}) => {
  expect(selectIsIdle(stateWith(changes, study))).toBe(false)
  expect(selectIsIdle(stateWith(changes, {}, study))).toBe(false)
})

it('is idle while the microphone listens, and after failures', () => {
  expect(selectIsIdle(stateWith({ microphone: { status: 'listening' } }))).toBe(true)
  expect(selectIsIdle(stateWith({ desk: { phase: 'failed' } }, { findings: { phase: 'failed' } }))).toBe(true)
})

it('can be cancelled while something is opened, encoded or cut', () => {
  expect(selectIsCancellable(stateWith({}))).toBe(false)
  expect(selectIsCancellable(stateWith({ desk: { phase: 'working' } }))).toBe(true)
  expect(selectIsCancellable(stateWith({}, { findings: { phase: 'working' } }))).toBe(true)
  const fileProgress = { label: 'Cutting', fraction: 0.5 }
  expect(selectIsCancellable(stateWith({}, {}, { dictation: { fileProgress } }))).toBe(true)
})

it('shows nothing seen, said or asked while no study is read', () => {
  const state = { ...stateWith({}, { findings: { encodeMs: 7 } }), desk: INITIAL_STATE.desk }
  expect(selectRead(state)).toMatchObject({ study: null, findings: { encodeMs: null }, heat: null })
})

it('names the opening of a study before the loading of models', () => {
  const progress = { label: 'Decoding slices', fraction: 0.2 }
  const state = stateWith({
    desk: { phase: 'working', progress },
    model: { phase: 'working', progress: { label: 'Fetching', fraction: null } },
  })
  expect(selectActivity(state)).toBe(progress)
})

it('marks the source of the heat as selected, and the query once the heat is gone', () => {
  const similar = { query: { kind: 'utterance', utteranceId: 'u1' } } as const
  const withHeat = stateWith({}, { heat: { kind: 'finding', findingId: 'emphysema' }, similar })
  expect(selectSelectedFindingId(withHeat)).toBe('emphysema')
  expect(selectSelectedUtteranceId(withHeat)).toBeNull()
  const without = stateWith({}, { similar })
  expect(selectSelectedFindingId(without)).toBeNull()
  expect(selectSelectedUtteranceId(without)).toBe('u1')
})

it('mounts the views of a similar case from the moment it is being opened', () => {
  expect(selectIsComparing(stateWith({ desk: { comparisonPhase: 'working' } }))).toBe(true)
  expect(selectIsComparing(stateWith({ desk: { comparisonPhase: 'failed' } }))).toBe(false)
})

it('counts both kinds of disagreement as differing, and agreement as not', () => {
  expect(isDiffering(row({ agreement: 'seen-not-said' }))).toBe(true)
  expect(isDiffering(row({ agreement: 'said-not-seen' }))).toBe(true)
  expect(isDiffering(row({ agreement: 'agree' }))).toBe(false)
  expect(isDiffering(row({ agreement: null }))).toBe(false)
})

it('has a finding at hand when it is seen or said present, not when it is said absent', () => {
  const at = (change: Partial<FindingRow>) =>
    selectIsAtHand(stateWith({}, { findings: { rows: [row(change)] } }), 'lung_nodule')
  expect(at({ seen: 'present' })).toBe(true)
  expect(at({ seen: 'absent', said: 'present' })).toBe(true)
  expect(at({ seen: 'absent', said: 'absent' })).toBe(false)
  expect(selectIsAtHand(INITIAL_STATE, 'lung_nodule')).toBe(false)
})

it('searches by the newest utterance that has been encoded', () => {
  const utterances = [utterance('a', 'ready'), utterance('b', 'ready'), utterance('c', 'encoding')]
  expect(selectLatestUtterance(stateWith({}, { dictation: { utterances } }))?.id).toBe('b')
  expect(selectLatestUtterance(INITIAL_STATE)).toBeNull()
})

it('has no findings while every row is blank, and has them once one is seen or spoken of', () => {
  const has = (change: Partial<FindingRow>) => selectHasFindings(stateWith({}, { findings: { rows: [row(change)] } }))
  expect(has({ probability: null, seen: null })).toBe(false)
  expect(has({ probability: null, seen: null, said: 'absent' })).toBe(true)
  expect(has({ probability: 0.01 })).toBe(true)
})
