import type { EmbeddingReading } from './readEmbeddings.ts'
import { NO_PLACE, type Statement } from './statement.ts'

/** Statements of one utterance from what its readers found. */
export const joinReadings = (heard: readonly EmbeddingReading[]): Statement[] =>
  heard.map(({ findingId, status, margin, span }) => ({
    findingId,
    status,
    place: NO_PLACE,
    sizeMm: null,
    span,
    words: null,
    readings: { embedding: status, transcript: null },
    margin,
    isSet: false,
  }))
