import { expect, it } from 'vitest'
import type { Utterance } from '../domain/speech/utterance.ts'
import type { SpeechEngine } from '../inference/engines.ts'
import type { UtteranceItem } from '../state/appState.ts'
import type { DictationJournal } from './dictationJournal.ts'
import { addToTimeline, hearUtterance } from './hearUtterance.ts'
import { axis, createOneStudy } from './oneStudy.fixture.ts'

const UTTERANCE: Utterance = {
  id: 'u1',
  studyId: 'one',
  audio: new Float32Array(1600),
  sampleRateHz: 16000,
  startMs: 0,
  endMs: 100,
  source: 'file',
}

/** A journal that writes down what it was given. */
function createJournal() {
  const written: string[] = []
  const journal = {
    put: (studyId: string, item: UtteranceItem) => written.push(`put ${studyId} ${item.phase}`),
    update: (item: UtteranceItem) => written.push(`update ${item.transcript}`),
  } as unknown as DictationJournal
  return { journal, written }
}

it('puts what was said into the timeline of its study and keeps it', async () => {
  const { store, study, pack } = createOneStudy()
  const speechEngine = {
    encode: async () => ({
      embedding: axis('pleural_effusion'),
      windows: [{ embedding: axis('pleural_effusion'), span: { startSeconds: 0, endSeconds: 1 } }],
      transcript: 'pleural effusion',
      encodeMs: 3,
    }),
  } as unknown as SpeechEngine
  const { journal, written } = createJournal()
  addToTimeline(journal, study, UTTERANCE, null)
  expect(await hearUtterance({ screen: store, speechEngine, journal }, pack, study, UTTERANCE)).toBe(true)
  expect(study.state.dictation.utterances[0]).toMatchObject({
    phase: 'ready',
    transcript: 'pleural effusion',
    statements: [{ findingId: 'pleural_effusion', status: 'present', margin: 2 }],
  })
  expect(written).toEqual(['put one encoding', 'update pleural effusion'])
})

it('keeps the audio of an utterance that could not be encoded', async () => {
  const { store, study, pack } = createOneStudy()
  const speechEngine = { encode: () => Promise.reject(new Error('worker died')) } as unknown as SpeechEngine
  const { journal, written } = createJournal()
  addToTimeline(journal, study, UTTERANCE, null)
  expect(await hearUtterance({ screen: store, speechEngine, journal }, pack, study, UTTERANCE)).toBe(false)
  expect(study.state.dictation.utterances[0]).toMatchObject({ phase: 'failed', problem: { message: 'worker died' } })
  expect(study.utterances.get('u1')).toBe(UTTERANCE)
  expect(written).toEqual(['put one encoding'])
})
