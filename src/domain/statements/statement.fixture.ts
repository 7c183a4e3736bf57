import { NO_PLACE, type Statement } from './statement.ts'

/** A statement of which only what a test is about is told. */
export const toStatement = (part: Partial<Statement> = {}): Statement => ({
  findingId: 'lung_nodule',
  status: 'present',
  place: NO_PLACE,
  sizeMm: null,
  span: null,
  words: null,
  readings: { embedding: null, transcript: null },
  margin: null,
  isSet: false,
  ...part,
})
