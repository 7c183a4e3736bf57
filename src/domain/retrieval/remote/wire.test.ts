import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { toGraphsHash } from '../../model/encoderKey.ts'
import { readAnswer, toSearchText } from './wire.ts'

const read = (path: string) => readFileSync(new URL(`../../../../fixtures/${path}`, import.meta.url), 'utf8')
const REQUEST = read('search/request.json')
const ANSWER = read('search/answer.json')
const ENCODER = 'f3ef180a4e7e87773e2933b9740c07b5'
const QUERY = Float32Array.from([1, 0, 0, 0, 0, 0])
const expected = { query: QUERY, encoder: ENCODER, findingCount: 18 }
const manifest = JSON.parse(read('models/tiny-typed/manifest.json'))
const findingCount: number = manifest.findings.length

it('sends the recorded request, byte for byte: an embedding, its encoder, a number and nothing else', () => {
  expect(toSearchText(QUERY, ENCODER, 4)).toBe(REQUEST)
})

it('knows the encoder by the same name as the gateway', async () => {
  expect(await toGraphsHash(manifest)).toBe(ENCODER)
})

it('reads the recorded answer', () => {
  const answer = readAnswer(JSON.parse(ANSWER), { ...expected, findingCount })
  if (!answer.ok) throw new Error(answer.problem.message)
  expect(answer.value.size).toBe(32)
  expect(answer.value.cases.map(({ found }) => found.id)).toEqual(['scan_11_a', 'scan_11_b', 'scan_8_a', 'scan_8_b'])
  const [first] = answer.value.cases
  expect(first.cosine).toBeCloseTo(0.709143, 6)
  expect(first.cosine).toBe(first.embedding[0])
  expect(answer.value.chanceCosine).toBeCloseTo(0.110594, 6)
})

const broken = (change: (answer: never) => void) => {
  const answer = JSON.parse(ANSWER)
  change(answer as never)
  return readAnswer(answer, { ...expected, findingCount })
}

it.each<
  [
    string,
    (answer: {
      encoder: string
      cases: { score: number; embedding: unknown; case: { id?: unknown; labels?: number[] } }[]
    }) => void,
    string,
  ]
>([
  ['another encoder', (answer) => (answer.encoder = '0'.repeat(32)), 'another model'],
  ['a score of its own', (answer) => (answer.cases[0].score = 0.9), 'not the cosine'],
  ['an embedding of another length', (answer) => (answer.cases[0].embedding = 'AACAPw=='), 'another length'],
  ['an embedding that is none', (answer) => (answer.cases[1].embedding = '?'), 'base64'],
  ['an embedding that is no text', (answer) => (answer.cases[1].embedding = 7), 'embedding'],
  ['a case without an id', (answer) => delete answer.cases[0].case.id, 'id'],
  ['labels of another pack', (answer) => (answer.cases[0].case.labels = [1]), 'labels'],
])('refuses %s', (_, change, reason) => {
  const answer = broken(change as never)
  expect(answer.ok ? 'accepted' : answer.problem.message).toContain(reason)
})

it('refuses what is no answer at all', () => {
  for (const text of [null, 'x', [], {}]) expect(readAnswer(text, expected).ok).toBe(false)
})
