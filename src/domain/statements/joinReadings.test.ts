import { expect, it } from 'vitest'
import { joinReadings } from './joinReadings.ts'
import type { EmbeddingReading } from './readEmbeddings.ts'
import { isFirm, NO_PLACE } from './statement.ts'
import type { ReadTranscript, TranscriptReading } from './transcript/readTranscript.ts'
import type { HeardWord } from './transcript/tokens.ts'

const heard = (findingId: string, status: EmbeddingReading['status']): EmbeddingReading => ({
  findingId,
  status,
  margin: status === 'absent' ? -0.9 : 0.9,
  span: { startSeconds: 0, endSeconds: 3 },
})
const said = (findingId: string, status: TranscriptReading['status'], isClear = false): TranscriptReading => ({
  findingId,
  status,
  place: NO_PLACE,
  sizeMm: null,
  words: `${findingId} ${status}`,
  isClear,
  span: null,
})
const read = (readings: TranscriptReading[], elsewhere: string[] = []): ReadTranscript => ({
  readings,
  elsewhere,
})
const join = (embedding: EmbeddingReading['status'], transcript: TranscriptReading['status'], isClear = false) =>
  joinReadings([heard('nodule', embedding)], read([said('nodule', transcript, isClear)]))[0]
const word = (span: HeardWord['span'], isClear = false): HeardWord => ({ text: 'word', span, isClear })
const WRITTEN = [word({ startSeconds: 2.5, endSeconds: 2.9 })]

it('is firm where both readers agree', () => {
  expect(join('present', 'present')).toMatchObject({ status: 'present', words: 'nodule present', margin: 0.9 })
  expect(isFirm(join('absent', 'absent'))).toBe(true)
})

it('is uncertain, with both readings, where they contradict each other and a word was doubtful', () => {
  for (const [embedding, transcript] of [
    ['present', 'absent'],
    ['absent', 'present'],
  ] as const)
    expect(join(embedding, transcript)).toMatchObject({ status: 'uncertain', readings: { embedding, transcript } })
})

it('goes by words that were heard clearly, firm for neither reader, and names what the embedding made of it', () => {
  const statement = join('absent', 'present', true)
  expect(statement).toMatchObject({ status: 'present', readings: { embedding: 'absent', transcript: 'present' } })
  expect([isFirm(statement), 'isClear' in statement]).toEqual([false, false])
})

it('leaves to the reader what the embedding alone finds where a word was doubtful, and only there', () => {
  const [during, behind] = [3, 6].map((startSeconds) => ({
    ...heard('nodule', 'present'),
    span: { startSeconds: startSeconds - 3, endSeconds: startSeconds },
  }))
  const statusOf = (one: EmbeddingReading, written = WRITTEN) => joinReadings([one], read([]), written)[0]
  expect(statusOf(during)).toMatchObject({ status: 'uncertain', readings: { embedding: 'present', transcript: null } })
  expect(statusOf(behind).status).toBe('present')
  expect(statusOf(during, []).status).toBe('present')
})

it('states nothing of what the embedding alone finds where every word was heard clearly, or a person wrote them', () => {
  const alone = (words: HeardWord[]) =>
    joinReadings([heard('nodule', 'present')], read([]), words).map(({ status }) => status)
  const clear = word({ startSeconds: 0.2, endSeconds: 0.9 }, true)
  expect(alone([clear])).toEqual([])
  expect(alone([clear, ...WRITTEN])).toEqual(['uncertain'])
  expect(alone([clear, word({ startSeconds: 3.2, endSeconds: 4 })])).toEqual([])
  expect(alone([word(null, true)])).toEqual([])
  // Letters that an encoder spelled.
  expect(alone([word(null)])).toEqual(['present'])
})

it('keeps the words firm where the embedding is silent', () => {
  expect(joinReadings([], read([said('nodule', 'present')]), WRITTEN)[0].status).toBe('present')
})

it('leaves doubt and the past to the words, and the words alone where the embedding could not tell', () => {
  expect(join('present', 'uncertain').status).toBe('uncertain')
  expect(join('absent', 'resolved').status).toBe('resolved')
  expect(join('uncertain', 'absent').status).toBe('absent')
})

it('takes a finding that the words affirm and deny for no contradiction to the one thing that an embedding can say', () => {
  const both = joinReadings(
    [heard('effusion', 'present')],
    read([said('effusion', 'present'), said('effusion', 'absent')]),
  )
  expect(both.map(({ status }) => status)).toEqual(['present', 'absent'])
})

it('keeps what the embedding alone finds, but not of what the words say of another organ', () => {
  const statements = joinReadings([heard('nodule', 'present'), heard('hernia', 'absent')], read([], ['nodule']))
  expect(statements.map(({ findingId, words }) => [findingId, words])).toEqual([['hernia', null]])
  expect(joinReadings([heard('nodule', 'present')], null)).toMatchObject([
    { findingId: 'nodule', readings: { transcript: null } },
  ])
})
