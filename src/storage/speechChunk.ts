import * as v from 'valibot'
import type { StudyPlace } from '../domain/study/openStudy.ts'
import { storedPlace } from './journalRow.ts'

/** A piece of speech as it was written while it went on. Pieces of one recording lie end to end on its clock. */
export interface SpeechChunk {
  readonly recordingId: string
  /** Milliseconds since the recording began. */
  readonly startMs: number
  /** Mono 16-bit, 16 kHz. */
  readonly samples: Int16Array
  readonly studyId: string
  /** Who wrote it: as long as that tab lives it is nobody else's. */
  readonly tabId: string
  /** ms since 1970. */
  readonly writtenAtMs: number
  /** View, slice and crosshair when the speech began. */
  readonly place: StudyPlace | null
  /** The VAD had found speech by then; false where nobody had judged it. */
  readonly isSpeech: boolean
}

export const SAMPLES_A_MS = 16

export const toChunkEndMs = ({ startMs, samples }: SpeechChunk): number => startMs + samples.length / SAMPLES_A_MS

const time = v.pipe(v.number(), v.finite(), v.minValue(0))

const speechChunk = v.object({
  recordingId: v.string(),
  startMs: time,
  samples: v.instance(Int16Array),
  studyId: v.string(),
  tabId: v.string(),
  writtenAtMs: v.fallback(time, 0),
  place: v.fallback(v.nullable(storedPlace), null),
  isSpeech: v.fallback(v.boolean(), true),
})

/** The chunk of a stored row, or null where it cannot be read. */
export function parseSpeechChunk(row: unknown): SpeechChunk | null {
  const parsed = v.safeParse(speechChunk, row)
  return parsed.success ? parsed.output : null
}
