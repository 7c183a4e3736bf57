import { expect, test } from 'vitest'
import { toClassifierHead } from '../domain/findings/classifier.ts'
import { FINDING_IDS } from '../domain/findings/findings.fixture.ts'
import { createHeavy } from './heavy.ts'
import type { LoadedPack } from './loadedPack.ts'
import { heatDirection, queryEmbedding, toSeen } from './queryDirection.ts'
import type { Screen } from './screen.ts'

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
  const heavy = createHeavy({ put() {}, get: () => undefined, has: () => false, hold() {} })
  heavy.readings.set('one', { placement: null, embedding: EMBEDDING } as never)
  const screen = { get: () => ({ study: { current: { id: 'one' } } }) } as unknown as Screen
  return { heavy, screen }
}

test('a classifier scores the findings in place of the prompts', () => {
  expect(toSeen(packWith(false), EMBEDDING)[FINDING].margin).toBeCloseTo(1.2, 6)
  expect(toSeen(packWith(true), EMBEDDING)[FINDING].margin).toBeCloseTo(3 * 0.6 - 1, 6)
})

test('heat shows what scored the finding; similar cases are searched by its prompts either way', () => {
  const { heavy, screen } = readStudy()
  const query = { kind: 'finding', findingId: 'emphysema' } as const
  expect([...(heatDirection(packWith(true), heavy, screen, query) ?? [])]).toEqual([3, 0])
  expect([...(heatDirection(packWith(false), heavy, screen, query) ?? [])]).toEqual([1, 0])
  expect([...(queryEmbedding(packWith(true), heavy, screen, query) ?? [])]).toEqual([1, 0])
})

test('a finding that the pack does not have has neither heat nor cases', () => {
  const { heavy, screen } = readStudy()
  const query = { kind: 'finding', findingId: 'rib_fracture' } as const
  for (const pack of [packWith(true), packWith(false)]) {
    expect(heatDirection(pack, heavy, screen, query)).toBeNull()
    expect(queryEmbedding(pack, heavy, screen, query)).toBeNull()
  }
})

test('a typed sentence stands for its embedding, while the pack has it', () => {
  const { heavy, screen } = readStudy()
  const query = { kind: 'text', text: 'effusion' } as const
  expect(queryEmbedding(packWith(true), heavy, screen, query)).toBeNull()
  heavy.textEmbeddings.set('effusion', EMBEDDING)
  expect(heatDirection(packWith(true), heavy, screen, query)).toBe(EMBEDDING)
})
