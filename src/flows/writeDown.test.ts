import { expect, it } from 'vitest'
import { ProblemError } from '../base/result.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import type { SpeechEngine, TranscriberEngine } from '../inference/engines.ts'
import type { Phase, UtteranceItem } from '../state/appState.ts'
import type { DictationJournal } from './dictationJournal.ts'
import { findSimilar } from './findSimilar.ts'
import { addToTimeline, hearUtterance } from './hearUtterance.ts'
import { axis, createOneStudy } from './oneStudy.fixture.ts'
import { writeDown } from './writeDown.ts'

const UTTERANCE: Utterance = {
  id: 'u1',
  studyId: 'one',
  audio: new Float32Array(1600),
  sampleRateHz: 16000,
  startMs: 0,
  endMs: 100,
  source: 'file',
}
const WORDS = ['No', 'emphysema.'].map((text, n) => ({ text, startSeconds: n, endSeconds: n + 1, probability: 0.9 }))
const WRITTEN = { text: 'No emphysema.', words: WORDS }

/** An utterance about an effusion, of which the encoder spells `letters`. */
async function hear(letters: string | null, transcriberPhase: Phase, transcribe: TranscriberEngine['transcribe']) {
  const one = createOneStudy()
  one.store.patch('model', { transcriberPhase })
  const written: (string | null)[] = []
  const journal = {
    put() {},
    update: ({ transcript }: UtteranceItem) => written.push(transcript),
  } as unknown as DictationJournal
  const embedding = axis('pleural_effusion')
  const window = { embedding, span: { startSeconds: 0, endSeconds: 1 } }
  const speechEngine = {
    encode: async () => ({ embedding, windows: [window], transcript: letters, encodeMs: 3 }),
  } as unknown as SpeechEngine
  const transcriber = { transcribe, hearPart: async () => null, load: async () => null, dispose() {}, wake() {} }
  const deps = { screen: one.store, speechEngine, journal, transcriber }
  addToTimeline(journal, one.study, UTTERANCE, null)
  await hearUtterance(deps, one.pack, one.study, UTTERANCE)
  const item = () => one.study.state.dictation.utterances[0]
  return { ...one, item, written, write: () => writeDown(deps, one.pack, one.study, UTTERANCE) }
}

it('shows chips before a word is written, and brings words, their times and the panel in behind', async () => {
  const { item, study, written, write } = await hear('no enphsma', 'ready', async () => WRITTEN)
  expect(item()).toMatchObject({ phase: 'ready', transcript: null, statements: [{ findingId: 'pleural_effusion' }] })
  await write()
  expect(item().transcript).toBe('No emphysema.')
  // Every word was heard clearly, and none says effusion.
  expect(item().statements.map(({ findingId, status }) => [findingId, status])).toEqual([['emphysema', 'absent']])
  expect(item().words).toEqual(WORDS)
  expect(written).toEqual([null, 'No emphysema.'])
  expect(study.state.findings.rows.some(({ id, said }) => id === 'emphysema' && said !== null)).toBe(true)
})

it('similar cases that were found by an utterance are listed under its words once they are written', async () => {
  const { study, pack, item, write } = await hear('no enphsma', 'ready', async () => WRITTEN)
  await findSimilar(pack, study, { kind: 'utterance', utteranceId: item().id })
  expect(study.state.similar.queryLabel).toBe('the utterance')
  await write()
  expect(study.state.similar.queryLabel).toBe('“No emphysema.”')
})

it.each([
  ['there is none yet', async () => null],
  ['it fails', () => Promise.reject(new ProblemError({ code: 'x', message: 'x', nextStep: '' }))],
])('falls back on what the encoder spelled where %s', async (_, transcribe) => {
  const { item, write } = await hear('no enphsma', 'working', transcribe)
  await write()
  expect(item().transcript).toBe('no enphsma')
})

it.each([
  ['nothing was spelled: noise is not written down', '', 'ready', ''],
  ['no transcriber is coming', 'no enphsma', 'idle', 'no enphsma'],
  ['the transcriber could not be loaded', 'no enphsma', 'failed', 'no enphsma'],
] as const)('asks for nothing where %s', async (_, letters, phase, expected) => {
  const { item, write } = await hear(letters, phase, () => Promise.reject(new Error('was asked')))
  await write()
  expect(item().transcript).toBe(expected)
})

it('keeps what a person wrote, and writes nothing down for a pack that is gone', async () => {
  const { item, pack, write } = await hear('no enphsma', 'ready', async () => WRITTEN)
  pack.end()
  await write()
  expect(item().transcript).toBeNull()
  expect(item().words).toBeNull()
})
