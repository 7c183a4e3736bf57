import { expect, test } from 'vitest'
import { toClassifierHead } from '../domain/findings/classifier.ts'
import { FINDING_IDS } from '../domain/findings/findings.fixture.ts'
import { toStatement } from '../domain/statements/statement.fixture.ts'
import { toVocabulary } from '../domain/statements/transcript/mentions.ts'
import type { LoadedPack } from '../session/loadedPack.ts'
import { PackSession } from '../session/packSession.ts'
import { createOneStudy } from './oneStudy.fixture.ts'
import { heatDirection, queryEmbedding, toSeen } from './queryDirection.ts'

const FINDING = FINDING_IDS.indexOf('emphysema')
const EMBEDDING = Float32Array.from([0.6, -0.8])

/** Prompts along the first number, a classifier that weighs 3 and 5 with bias −1. */
function packWith(hasClassifier: boolean): LoadedPack {
  const vectors = Float32Array.from(FINDING_IDS.flatMap(() => [1, 0, 1, 0, -1, 0, -1, 0]))
  const weights = new Float32Array(FINDING_IDS.length * 3)
  weights.set([3, 5, -1], FINDING * 3)
  const calibration = { slope: 1, offset: 0 }
  const thresholds = { ct: { present: 0, absent: 0 }, speech: { present: 0, absent: 0 } }
  return {
    prompts: { vectors, dimension: 2 },
    classifier: hasClassifier ? toClassifierHead(weights, 2, FINDING_IDS.length) : null,
    manifest: {
      embedding: { dimension: 2, logitScale: 1 },
      promptKind: { ct: 'text', speech: 'text' },
      findings: FINDING_IDS.map((id) => ({ id, calibration, thresholds })),
    },
  } as unknown as LoadedPack
}

function readStudy() {
  const { study, see } = createOneStudy()
  see(EMBEDDING)
  return study
}

const session = (hasClassifier: boolean) => new PackSession(packWith(hasClassifier))

test('a classifier scores the findings in place of the prompts', () => {
  expect(toSeen(packWith(false), EMBEDDING)[FINDING].margin).toBeCloseTo(1.2, 6)
  expect(toSeen(packWith(true), EMBEDDING)[FINDING].margin).toBeCloseTo(3 * 0.6 - 1, 6)
})

test('heat shows what scored the finding; similar cases are searched by its prompts either way', () => {
  const study = readStudy()
  const query = { kind: 'finding', findingId: 'emphysema' } as const
  expect([...(heatDirection(session(true), study, query) ?? [])]).toEqual([3, 0])
  expect([...(heatDirection(session(false), study, query) ?? [])]).toEqual([1, 0])
  expect([...(queryEmbedding(session(true), study, query) ?? [])]).toEqual([1, 0])
})

test('a finding that the pack does not have has neither heat nor cases', () => {
  const study = readStudy()
  const query = { kind: 'finding', findingId: 'rib_fracture' } as const
  for (const pack of [session(true), session(false)]) {
    expect(heatDirection(pack, study, query)).toBeNull()
    expect(queryEmbedding(pack, study, query)).toBeNull()
  }
})

test('a typed sentence stands for its embedding, while the pack has it', () => {
  const study = readStudy()
  const query = { kind: 'text', text: 'effusion' } as const
  const pack = session(true)
  expect(queryEmbedding(pack, study, query)).toBeNull()
  pack.textEmbeddings.set('effusion', EMBEDDING)
  expect(heatDirection(pack, study, query)).toBe(EMBEDDING)
})

test('a typed sentence has no direction where it states every finding more weakly than the pack asks for', () => {
  const study = readStudy()
  const asking = (leastScore: number, text = 'pass the coffee') => {
    const pack = packWith(false)
    const vocabulary = toVocabulary([{ id: 'emphysema', label: 'Emphysema', synonyms: [] }])
    const manifest = { ...pack.manifest, text: { leastScore } as never }
    const asked = new PackSession({ ...pack, vocabulary, saidScore: () => -0.4, manifest })
    asked.textEmbeddings.set(text, EMBEDDING)
    const query = { kind: 'text', text } as const
    return [queryEmbedding(asked, study, query), heatDirection(asked, study, query)]
  }
  expect(asking(0.4)).toEqual([EMBEDDING, EMBEDDING])
  expect(asking(0.41)).toEqual([null, null])
  // A word that is too short for the text tower names its finding all the same; one that is denied is not looked for.
  expect(asking(0.41, 'emphysema')).toEqual([Float32Array.of(1, 0), Float32Array.of(1, 0)])
  expect(asking(0.41, 'no emphysema')).toEqual([null, null])
})

test('an utterance lights up the finding that it states most firmly, a statement its own, in the words of its window', () => {
  const study = readStudy()
  const heard = (start: number, ...embedding: number[]) => ({
    embedding: Float32Array.from(embedding),
    span: { startSeconds: start, endSeconds: start + 10 },
  })
  study.heard.set('u', { embedding: Float32Array.of(0.5, 0.5), windows: [heard(0, 0, 1), heard(9, 0.8, 0.6)] })
  const stated = (findingId: string, status: 'present' | 'absent', margin: number, at: number) =>
    toStatement({ findingId, status, margin, span: { startSeconds: at, endSeconds: at + 2 } })
  const statements = [stated('pleural_effusion', 'absent', -0.9, 2), stated('emphysema', 'present', 0.6, 12)]
  study.show('dictation', { utterances: [{ id: 'u', statements } as never] })
  const pack = session(false)
  expect([...(heatDirection(pack, study, { kind: 'utterance', utteranceId: 'u' }) ?? [])]).toEqual([1, 0])
  const query = { kind: 'statement', utteranceId: 'u', findingId: 'emphysema' } as const
  expect([...(heatDirection(pack, study, query) ?? [])]).toEqual([1, 0])
  expect(queryEmbedding(pack, study, query)).toBe(study.heard.get('u')?.windows[1].embedding)
  study.show('dictation', { utterances: [{ id: 'u', statements: [] } as never] })
  expect(heatDirection(pack, study, { kind: 'utterance', utteranceId: 'u' })).toBe(study.heard.get('u')?.embedding)
})
