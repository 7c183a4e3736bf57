import { beforeEach, expect, it } from 'vitest'
import type { Utterance } from '../domain/speech/utterance.ts'
import { NO_EDITS } from '../domain/statements/edits.ts'
import { toStatement } from '../domain/statements/statement.fixture.ts'
import type { UtteranceItem } from '../state/appState.ts'
import type { DictationJournal } from './dictationJournal.ts'
import { type EditDeps, restoreEdits, setStatus, setText } from './editUtterance.ts'
import { axis, createOneStudy } from './oneStudy.fixture.ts'

let deps: EditDeps
let written: UtteranceItem[]
beforeEach(() => setUp(true))

const ITEM = { id: 'u', phase: 'ready', transcript: 'emphysema', words: null, edits: NO_EDITS, statements: [] }
const item = () => deps.study.state.dictation.utterances[0]
const said = () => item().statements.map(({ findingId, status, isSet }) => [findingId, status, isSet])

/** One utterance that says emphysema and effusion; `isHeard`: its embedding is there. */
function setUp(isHeard: boolean) {
  const { study, pack } = createOneStudy()
  written = []
  const journal = { update: (changed: UtteranceItem) => written.push(changed) } as unknown as DictationJournal
  deps = { journal, study, pack: pack.pack }
  const windows = ['emphysema', 'pleural_effusion'].map((id) => ({
    embedding: axis(id),
    span: { startSeconds: 0, endSeconds: 1 },
  }))
  if (isHeard) study.heard.set('u', { embedding: axis('emphysema'), windows })
  const statements = ['emphysema', 'pleural_effusion'].map((findingId) => toStatement({ findingId }))
  study.utterances.set('u', { id: 'u' } as Utterance)
  study.show('dictation', { utterances: [{ ...ITEM, statements } as unknown as UtteranceItem] })
}

for (const isHeard of [true, false])
  it(`sets, adds and removes findings of an utterance, and gives back what was (${isHeard ? 'heard' : 'not heard yet'})`, () => {
    setUp(isHeard)
    const before = { ...item() }
    const edits = [
      setStatus(deps, 'u', { findingId: 'emphysema', status: 'absent' }),
      setStatus(deps, 'u', { findingId: 'pleural_effusion', status: null }),
      setStatus(deps, 'u', { findingId: 'lung_nodule', status: 'uncertain' }),
    ].filter((edit) => edit !== null)
    expect(edits).toHaveLength(3)
    expect(said()).toEqual([
      ['emphysema', 'absent', true],
      ['lung_nodule', 'uncertain', true],
    ])
    expect(written.map(({ statements }) => statements.length)).toEqual([2, 1, 2])
    expect(written.at(-1)?.edits.statuses).toHaveLength(3)
    for (const { before } of edits.toReversed()) expect(restoreEdits(deps, before)).toBe(true)
    expect(item().edits).toEqual(NO_EDITS)
    expect(said()).toEqual(before.statements.map(({ findingId }) => [findingId, 'present', false]))
    for (const { after } of edits) restoreEdits(deps, after)
    expect(said()).toEqual([
      ['emphysema', 'absent', true],
      ['lung_nodule', 'uncertain', true],
    ])
  })

it('does nothing where nothing changes, and nothing to an utterance that is gone', () => {
  setUp(true)
  expect(setStatus(deps, 'u', { findingId: 'emphysema', status: 'present' })).not.toBeNull()
  expect(setStatus(deps, 'u', { findingId: 'emphysema', status: 'present' })).toBeNull()
  expect(setStatus(deps, 'gone', { findingId: 'emphysema', status: 'present' })).toBeNull()
  expect(setText(deps, 'u', 'emphysema ')).toBeNull()
  expect(written).toHaveLength(1)
  expect(said()[0]).toEqual(['emphysema', 'present', true])
})

it('changes one of several places alone, and the finding wherever it is heard where it has but one', () => {
  const [right, left] = (['right', 'left'] as const).map((side) => ({ side, lobe: null }))
  const statements = [right, left].map((place) => toStatement({ findingId: 'pleural_effusion', place }))
  deps.study.heard.clear()
  deps.study.show('dictation', { utterances: [{ ...item(), statements }] })
  setStatus(deps, 'u', { findingId: 'pleural_effusion', status: null, place: right })
  setStatus(deps, 'u', { findingId: 'pleural_effusion', status: 'absent', place: left })
  expect(item().statements.map(({ place, status }) => [place.side, status])).toEqual([['left', 'absent']])
  expect(item().edits.statuses.map(({ place, status }) => [place?.side, status])).toEqual([
    ['right', null],
    ['left', 'absent'],
  ])
  deps.study.show('dictation', { utterances: [{ ...item(), edits: NO_EDITS, statements: [statements[0]] }] })
  setStatus(deps, 'u', { findingId: 'pleural_effusion', status: 'absent', place: right })
  expect(item().edits.statuses).toEqual([{ findingId: 'pleural_effusion', status: 'absent' }])
})

it('keeps the heard text beside the corrected one, and gives it back for nothing', () => {
  expect(setText(deps, 'u', '  No emphysema. ')).not.toBeNull()
  expect(item()).toMatchObject({ transcript: 'emphysema', edits: { text: 'No emphysema.' } })
  expect(setText(deps, 'u', '')).not.toBeNull()
  expect(item().edits.text).toBeNull()
  expect(written.map(({ edits }) => edits.text)).toEqual(['No emphysema.', null])
})

it('reads the corrected text in place of the heard one, whatever the embedding makes of it', () => {
  const findings = deps.pack!.manifest.findings.map((one) => ({ ...one, label: one.id, synonyms: [] }))
  deps = { ...deps, pack: { ...deps.pack!, manifest: { ...deps.pack!.manifest, findings } } }
  const windows = [{ embedding: axis('emphysema', -1), span: { startSeconds: 0, endSeconds: 1 } }]
  deps.study.heard.set('u', { embedding: axis('emphysema', -1), windows })
  setText(deps, 'u', 'Severe emphysema.')
  expect(said()).toEqual([['emphysema', 'present', false]])
  setText(deps, 'u', 'No emphysema.')
  expect(said()).toEqual([['emphysema', 'absent', false]])
  setText(deps, 'u', 'The heart is normal.')
  expect(said()).toEqual([])
})
