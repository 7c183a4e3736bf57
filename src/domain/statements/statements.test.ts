import { describe, expect, it } from 'vitest'
import type { SaidScore } from '../findings/saidScore.ts'
import type { FindingCalibration } from '../findings/seen.ts'
import type { HeardWindow } from '../speech/heardSpeech.ts'
import { applyEdits, NO_EDITS, withStatus } from './edits.ts'
import { foldStatements } from './foldStatements.ts'
import { readEmbeddings } from './readEmbeddings.ts'
import { toStatement } from './statement.fixture.ts'
import { isFirm, isSamePlace, type Place, type Statement } from './statement.ts'

const IDS = ['nodule', 'effusion', 'hernia']
const FINDINGS = IDS.map((id) => ({
  id,
  thresholds: { ct: { present: 0, absent: 0 }, speech: { present: 0.5, absent: -0.5 } },
})) as unknown as FindingCalibration[]
/** The embedding's own numbers are the scores. */
const score: SaidScore = (embedding, finding) => embedding[finding]
const window = (start: number, ...scores: number[]): HeardWindow => ({
  embedding: Float32Array.from(scores),
  span: { startSeconds: start, endSeconds: start + 12 },
})

describe('what the embeddings state', () => {
  it('is listed strongest first, each finding by the window that states it most firmly', () => {
    const read = readEmbeddings([window(0, 0.6, -0.9, 0.1), window(11, 0.8, 0.2, 0.5)], score, FINDINGS)
    expect(read.map(({ findingId, status, span }) => [findingId, status, span.startSeconds])).toEqual([
      ['effusion', 'absent', 0],
      ['nodule', 'present', 11],
      ['hernia', 'present', 11],
    ])
    expect(readEmbeddings([], score, FINDINGS)).toEqual([])
  })

  it('is uncertain where one window affirms what another denies, however firmly', () => {
    for (const windows of [
      [window(0, -0.6), window(11, 0.99)],
      [window(0, 0.99), window(11, -0.6), window(22, 0.98)],
    ])
      expect(readEmbeddings(windows, score, FINDINGS.slice(0, 1))).toMatchObject([
        { status: 'uncertain', margin: Math.fround(0.99) },
      ])
  })
})

const place = (side: Place['side'], lobe: Place['lobe'] = null): Place => ({ side, lobe })
const said = (id: string, ...statements: Partial<Statement>[]) => ({ id, statements: statements.map(toStatement) })
const stateOf = (...utterances: ReturnType<typeof said>[]) => {
  const state = foldStatements(utterances).get('lung_nodule')
  return state && [state.status, state.deciding.map(({ utteranceId }) => utteranceId).join()]
}

describe('a dictation', () => {
  it('says nothing of what no utterance mentions', () => {
    expect(stateOf(said('1'))).toBeUndefined()
  })

  it('asks which holds where one place is affirmed and denied, and names both', () => {
    expect(stateOf(said('1', {}), said('2', { status: 'absent' }))).toEqual(['question', '1,2'])
    expect(stateOf(said('1', { status: 'absent' }), said('2', { place: place('left') }))).toEqual(['question', '1,2'])
    expect(stateOf(said('1', {}), said('2'), said('3', { status: 'resolved' }))).toEqual(['question', '1,3'])
  })

  it('keeps sides and lobes apart', () => {
    const right = said('1', { place: place('right', 'upper') })
    expect(stateOf(right, said('2', { status: 'absent', place: place('left') }))).toEqual(['present', '1'])
    expect(stateOf(right, said('2', { status: 'absent', place: place('right', 'lower') }))).toEqual(['present', '1'])
    expect(stateOf(right, said('2', { status: 'absent', place: place('bilateral') }))).toEqual(['question', '1,2'])
    expect(isSamePlace(place('right', 'upper'), place(null, 'upper'))).toBe(true)
  })

  it('lets what is uncertain take back nothing, and tells it where nothing firm was said', () => {
    expect(stateOf(said('1', {}), said('2', { status: 'uncertain' }))).toEqual(['present', '1'])
    expect(stateOf(said('1', { status: 'uncertain' }))).toEqual(['uncertain', '1'])
  })

  it('takes a finding that was resolved and is stated again for one that came back, and one of the past alone for resolved', () => {
    expect(stateOf(said('1', { status: 'resolved' }), said('2', {}))).toEqual(['present', '2'])
    expect(stateOf(said('1', { status: 'resolved' }))).toEqual(['resolved', '1'])
  })

  it('does not count the sentence that the next utterance takes back, but for what a person set', () => {
    const first = {
      id: '1',
      statements: [toStatement({ words: 'a' }), toStatement({ findingId: 'effusion', words: 'b' })],
    }
    const back = { id: '2', statements: [], takesBackPrevious: true }
    expect([...foldStatements([first, back]).keys()]).toEqual(['lung_nodule'])
    const set = { id: '1', statements: [toStatement({ isSet: true, words: 'a' })] }
    expect([...foldStatements([set, back]).keys()]).toEqual(['lung_nodule'])
  })

  it('is what an utterance that goes on in mid-sentence says of the sentence before it, but for what a person set', () => {
    const first = [toStatement({ words: 'a' }), toStatement({ findingId: 'effusion', words: 'b' })]
    const goesOn = { id: '2', statements: [], predicate: 'uncertain' as const }
    const folded = foldStatements([{ id: '1', statements: first }, goesOn])
    expect([...folded.values()].map(({ status }) => status)).toEqual(['present', 'uncertain'])
    const set = { id: '1', statements: [toStatement({ isSet: true, words: 'a' })] }
    expect([...foldStatements([set, goesOn]).values()].map(({ status }) => status)).toEqual(['present'])
  })

  it('stands where a person set it, whatever is said before or behind', () => {
    const set = said('2', { status: 'absent', isSet: true })
    expect(stateOf(said('1', {}), set, said('3', {}))).toEqual(['absent', '2'])
  })
})

describe('what a person changes', () => {
  it('gives a finding another status, takes it away or adds one, and leaves the others as they were read', () => {
    const read = [toStatement({ findingId: 'nodule', words: 'a nodule' }), toStatement({ findingId: 'effusion' })]
    expect(applyEdits(read, NO_EDITS)).toEqual(read)
    let edits = withStatus(NO_EDITS, { findingId: 'nodule', status: 'absent' })
    edits = withStatus(edits, { findingId: 'effusion', status: null })
    edits = withStatus(edits, { findingId: 'hernia', status: 'present' })
    expect(
      applyEdits(read, edits).map(({ findingId, status, words, isSet }) => [findingId, status, words, isSet]),
    ).toEqual([
      ['nodule', 'absent', 'a nodule', true],
      ['hernia', 'present', null, true],
    ])
    expect(applyEdits(read, withStatus(edits, { findingId: 'nodule', status: 'uncertain' }))[0].status).toBe(
      'uncertain',
    )
  })

  it('is kept apart by place, and meets what is read of it later without one', () => {
    const right = { side: 'right', lobe: null } as const
    const left = { side: 'left', lobe: null } as const
    const read = [toStatement({ place: right }), toStatement({ place: left })]
    const edits = withStatus(NO_EDITS, { findingId: 'lung_nodule', status: 'absent', place: right })
    const toPairs = (statements: readonly Statement[]) => statements.map(({ place, status }) => [place.side, status])
    expect(toPairs(applyEdits(read, edits))).toEqual([
      ['right', 'absent'],
      ['left', 'present'],
    ])
    expect(toPairs(applyEdits([toStatement()], edits))).toEqual([[null, 'absent']])
    expect(toPairs(applyEdits([], edits))).toEqual([['right', 'absent']])
    const all = withStatus(edits, { findingId: 'lung_nodule', status: null })
    expect([all.statuses.length, applyEdits(read, all)]).toEqual([1, []])
    expect(stateOf({ id: '1', statements: applyEdits(read, edits) })).toEqual(['present', '1'])
  })

  it('is firm, as is what both readers say', () => {
    expect(isFirm(toStatement({ isSet: true }))).toBe(true)
    expect(isFirm(toStatement({ readings: { embedding: 'present', transcript: 'present' } }))).toBe(true)
    expect(isFirm(toStatement({ readings: { embedding: 'present', transcript: null } }))).toBe(false)
    expect(isFirm(toStatement({ status: 'uncertain', readings: { embedding: 'present', transcript: 'absent' } }))).toBe(
      false,
    )
  })
})
