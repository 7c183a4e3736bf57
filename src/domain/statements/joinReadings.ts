import type { FindingId } from '../findings/finding.ts'
import type { EmbeddingReading } from './readEmbeddings.ts'
import { NO_PLACE, type Statement, type Status } from './statement.ts'
import type { ReadTranscript, TranscriptReading } from './transcript/readTranscript.ts'

const fromEmbedding = ({ findingId, status, margin, span }: EmbeddingReading): Statement => ({
  findingId,
  status,
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
 * The words decide, but for a plain contradiction: an embedding knows neither doubt nor the past, and of a finding that is
 * affirmed on one side and denied on the other it can say only one.
 */
function fromTranscript(
  reading: TranscriptReading,
  heard: EmbeddingReading | null,
  isSaidBothWays: boolean,
): Statement {
  const differs = heard !== null && !isSaidBothWays && CONTRARY[reading.status].includes(heard.status)
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
 * behind. Where the readers contradict each other the statement is uncertain; what the words say of another organ is none,
 * whatever the embedding makes of it.
 * @param read null where there is no transcript
 */
export function joinReadings(heard: readonly EmbeddingReading[], read: ReadTranscript | null): Statement[] {
  const readings = read?.readings ?? []
  const byFinding = new Map(heard.map((one) => [one.findingId, one]))
  const statusesOf = (id: FindingId) => readings.filter(({ findingId }) => findingId === id).map(({ status }) => status)
  const isSaidBothWays = (id: FindingId) => new Set(statusesOf(id)).size > 1
  const known = new Set([...readings.map(({ findingId }) => findingId), ...(read?.elsewhere ?? [])])
  return [
    ...readings.map((one) => fromTranscript(one, byFinding.get(one.findingId) ?? null, isSaidBothWays(one.findingId))),
    ...heard.filter(({ findingId }) => !known.has(findingId)).map(fromEmbedding),
  ]
}
