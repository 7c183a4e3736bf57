import type { FindingId } from '../findings/finding.ts'
import type { EmbeddingReading } from './readEmbeddings.ts'
import { NO_PLACE, type Span, type Statement, type Status } from './statement.ts'
import type { ReadTranscript, TranscriptReading } from './transcript/readTranscript.ts'

const meets = (a: Span, b: Span): boolean => a.startSeconds < b.endSeconds && b.startSeconds < a.endSeconds

/** Where words were written and none of them names it, it may be there and nobody said so: the reader has to say. */
const fromEmbedding = ({ findingId, status, margin, span }: EmbeddingReading, written: readonly Span[]): Statement => ({
  findingId,
  status: written.some((one) => meets(one, span)) ? 'uncertain' : status,
  place: NO_PLACE,
  sizeMm: null,
  span,
  words: null,
  readings: { embedding: status, transcript: null },
  margin,
  isSet: false,
})

const CONTRARY: Readonly<Record<Status, readonly Status[]>> = {
  present: ['absent'],
  absent: ['present'],
  uncertain: [],
  resolved: [],
}

/**
 * The words decide, but for a plain contradiction to words that were not heard clearly: an embedding knows neither doubt nor the
 * past, and of a finding that is affirmed on one side and denied on the other it can say only one. Of the 17 contradictions in
 * 311 clips of the developing half of fixtures/statements the words were right in 14: in all 8 where every word was clear.
 */
function fromTranscript(
  { isClear, ...reading }: TranscriptReading,
  heard: EmbeddingReading | null,
  isSaidBothWays: boolean,
): Statement {
  const differs = heard !== null && !isClear && !isSaidBothWays && CONTRARY[reading.status].includes(heard.status)
  return {
    ...reading,
    status: differs ? 'uncertain' : reading.status,
    readings: { embedding: heard?.status ?? null, transcript: reading.status },
    margin: heard?.margin ?? null,
    isSet: false,
  }
}

/**
 * Statements of one utterance from what its two readers found, in the order of the words; what the embedding alone finds comes
 * behind, and is uncertain where words were written. Where the embedding contradicts words that were not heard clearly the
 * statement is uncertain; what the words say of another organ is none, whatever the embedding makes of it.
 * @param read null where there is no transcript
 * @param written the words' times where a transcriber or a person wrote them; letters that an encoder spelled are no words
 */
export function joinReadings(
  heard: readonly EmbeddingReading[],
  read: ReadTranscript | null,
  written: readonly Span[] = [],
): Statement[] {
  const readings = read?.readings ?? []
  const byFinding = new Map(heard.map((one) => [one.findingId, one]))
  const statusesOf = (id: FindingId) => readings.filter(({ findingId }) => findingId === id).map(({ status }) => status)
  const isSaidBothWays = (id: FindingId) => new Set(statusesOf(id)).size > 1
  const known = new Set([...readings.map(({ findingId }) => findingId), ...(read?.elsewhere ?? [])])
  return [
    ...readings.map((one) => fromTranscript(one, byFinding.get(one.findingId) ?? null, isSaidBothWays(one.findingId))),
    ...heard.filter(({ findingId }) => !known.has(findingId)).map((one) => fromEmbedding(one, written)),
  ]
}
