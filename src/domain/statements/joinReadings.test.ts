import { expect, it } from 'vitest'
import { joinReadings } from './joinReadings.ts'
import type { EmbeddingReading } from './readEmbeddings.ts'
import { isFirm, NO_PLACE } from './statement.ts'
import type { ReadTranscript, TranscriptReading } from './transcript/readTranscript.ts'

const heard = (findingId: string, status: EmbeddingReading['status']): EmbeddingReading => ({
  findingId,
  status,
  margin: status === 'absent' ? -0.9 : 0.9,
  span: { startSeconds: 0, endSeconds: 3 },
})
const said = (findingId: string, status: TranscriptReading['status']): TranscriptReading => ({
  findingId,
  status,
  place: NO_PLACE,
  sizeMm: null,
  words: `${findingId} ${status}`,
  span: null,
})
const read = (readings: TranscriptReading[], elsewhere: string[] = []): ReadTranscript => ({
  readings,
  elsewhere,
})
const join = (embedding: EmbeddingReading['status'], transcript: TranscriptReading['status']) =>
  joinReadings([heard('nodule', embedding)], read([said('nodule', transcript)]))[0]

it('is firm where both readers agree', () => {
  expect(join('present', 'present')).toMatchObject({ status: 'present', words: 'nodule present', margin: 0.9 })
  expect(isFirm(join('absent', 'absent'))).toBe(true)
})

it('is uncertain, with both readings, where they contradict each other', () => {
  for (const [embedding, transcript] of [
    ['present', 'absent'],
    ['absent', 'present'],
  ] as const)
    expect(join(embedding, transcript)).toMatchObject({ status: 'uncertain', readings: { embedding, transcript } })
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
