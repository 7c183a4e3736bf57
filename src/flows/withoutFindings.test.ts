import { expect, it } from 'vitest'
import { scoreByPrompts } from '../domain/findings/saidScore.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import { toVocabulary } from '../domain/statements/transcript/mentions.ts'
import { toSpellings } from '../domain/statements/transcript/respell.ts'
import type { SpeechEngine } from '../inference/engines.ts'
import type { LoadedPack } from '../session/loadedPack.ts'
import { PackSession } from '../session/packSession.ts'
import type { DictationJournal } from './dictationJournal.ts'
import { toReadingExport } from './exportReading.ts'
import { findSimilar } from './findSimilar.ts'
import { addToTimeline, hearUtterance } from './hearUtterance.ts'
import { axis, axisPack, createOneStudy, libraryOf } from './oneStudy.fixture.ts'
import { refreshPanel } from './panel.ts'
import { heatDirection, toSeen } from './queryDirection.ts'

/** The pack of the axes without its findings, as one that was never taught what they are called. */
function namelessPack(): LoadedPack {
  const { manifest, ...pack } = axisPack()
  const { dimension } = manifest.embedding
  const prompts = { vectors: new Float32Array(0), dimension }
  const cases = manifest.library.cases.map(({ id, title }) => ({ id, title }))
  return {
    ...pack,
    manifest: { ...manifest, prompts: undefined, findings: [], library: { ...manifest.library, cases } },
    prompts,
    saidScore: scoreByPrompts(prompts, 'text'),
    vocabulary: toVocabulary([]),
    spellings: toSpellings([]),
    library: libraryOf(cases, Float32Array.from([...axis('pleural_effusion'), ...axis('emphysema')])),
  }
}

function setUp() {
  const parts = createOneStudy()
  parts.store.patch('model', { findings: [] })
  const pack = new PackSession(namelessPack())
  parts.see(axis('emphysema'))
  return { ...parts, pack }
}

const UTTERANCE: Utterance = {
  id: 'u1',
  studyId: 'one',
  audio: new Float32Array(1600),
  sampleRateHz: 16000,
  startMs: 0,
  endMs: 100,
  source: 'file',
}

it('sees nothing in a scan, and has no row for it', () => {
  const { store, study, pack } = setUp()
  expect(toSeen(pack.pack, axis('emphysema'))).toEqual([])
  refreshPanel(store, study)
  expect(study.state.findings.rows).toEqual([])
})

it('finds scans alike, of which nothing is known but that', async () => {
  const { study, pack } = setUp()
  await findSimilar(pack, study, { kind: 'ct' })
  expect(study.state.similar.cases.map(({ id, cosine, labels }) => [id, cosine, labels])).toEqual([
    ['b', 1, null],
    ['a', 0, null],
  ])
  expect(study.state.similar.problem).toBeNull()
})

it('shows where a scan is like itself', () => {
  const { study, pack } = setUp()
  expect(heatDirection(pack, study, { kind: 'ct' })).toEqual(axis('emphysema'))
  expect(heatDirection(pack, study, { kind: 'finding', findingId: 'emphysema' })).toBeNull()
})

it('keeps the words that are said, reads no finding from them, and finds scans by them', async () => {
  const { store, study, pack } = setUp()
  const embedding = axis('pleural_effusion')
  const speechEngine = {
    encode: async () => ({
      embedding,
      windows: [{ embedding, span: { startSeconds: 0, endSeconds: 1 } }],
      transcript: 'small pleural effusion on the left',
      encodeMs: 3,
    }),
  } as unknown as SpeechEngine
  const journal = { put: () => undefined, update: () => undefined } as unknown as DictationJournal
  addToTimeline(journal, study, UTTERANCE, null)
  expect(await hearUtterance({ screen: store, speechEngine, journal }, pack, study, UTTERANCE)).toBe(true)
  expect(study.state.dictation.utterances[0]).toMatchObject({
    phase: 'ready',
    transcript: 'small pleural effusion on the left',
    statements: [],
  })
  refreshPanel(store, study)
  expect(study.state.findings.rows).toEqual([])
  await findSimilar(pack, study, { kind: 'utterance', utteranceId: 'u1' })
  expect(study.state.similar.cases[0].id).toBe('a')
  expect(study.state.similar.queryLabel).toBe('“small pleural effusion on the left”')
})

it('exports the embedding, and says that no finding is named by this model', () => {
  const { store, study, pack } = setUp()
  const exported = toReadingExport(store, study, pack.pack, false)
  expect(exported?.model.namesFindings).toBe(false)
  expect(exported?.findings).toEqual([])
  expect(exported?.embedding).toEqual([...axis('emphysema')])
})
