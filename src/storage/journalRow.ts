import * as v from 'valibot'
import type { SaidFinding } from '../domain/findings/said.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import { fromInt16Samples, toInt16Samples } from '../domain/speech/wavSamples.ts'
import type { StudyPlace } from '../domain/study/openStudy.ts'

/** One utterance as the journal keeps it, with what the models made of it. */
export interface JournalEntry {
  /** Id of the utterance. */
  readonly id: string
  readonly studyId: string
  /** When it was spoken, ms since 1970: the order of the list, since each recording starts its own clock. */
  readonly createdAtMs: number
  /** Mono 16 kHz in [-1, 1]; kept as 16-bit integers. */
  readonly audio: Float32Array
  readonly startMs: number
  readonly endMs: number
  readonly source: Utterance['source']
  readonly transcript: string | null
  readonly said: readonly SaidFinding[]
  readonly place: StudyPlace | null
  /** It was kept under another id and a person has said that it is this study's. */
  readonly isAdopted: boolean
}

/**
 * Version of the rows that this code writes. A row without one was written by version 0.3.0 or earlier, and is the same
 * but for findings of CT-RATE's 18 alone and a study that was named by its file. A higher one is left as it is.
 */
export const ROW_VERSION = 2

const time = v.pipe(v.number(), v.finite(), v.minValue(0))
const coordinate = v.pipe(v.number(), v.finite())
const SAMPLES_A_MS = 16

const said = v.object({
  findingId: v.pipe(v.string(), v.minLength(1)),
  status: v.picklist(['present', 'absent', 'uncertain']),
  margin: coordinate,
})

const place = v.object({
  orientation: v.picklist(['axial', 'sagittal', 'coronal']),
  sliceNumber: v.pipe(v.number(), v.integer()),
  pointLpsMm: v.strictTuple([coordinate, coordinate, coordinate]),
  studyId: v.optional(v.string()),
})

/**
 * What was spoken must be there; what a model made of it, and where, is made again or does without, so that one damaged
 * field never costs the words.
 */
const journalRowSchema = v.object({
  version: v.optional(v.pipe(v.number(), v.maxValue(ROW_VERSION))),
  id: v.pipe(v.string(), v.minLength(1)),
  studyId: v.string(),
  audio: v.instance(Int16Array),
  createdAtMs: v.fallback(time, 0),
  startMs: v.fallback(time, 0),
  endMs: v.fallback(v.nullable(time), null),
  source: v.fallback(v.picklist(['microphone', 'file']), 'microphone'),
  transcript: v.fallback(v.nullable(v.string()), null),
  said: v.fallback(v.array(said), []),
  place: v.fallback(v.nullable(place), null),
  isAdopted: v.fallback(v.boolean(), false),
})

/** A row as it is written. */
export type JournalRow = Omit<JournalEntry, 'audio'> & { readonly version: number; readonly audio: Int16Array }

export const toJournalRow = (entry: JournalEntry): JournalRow => ({
  ...entry,
  version: ROW_VERSION,
  audio: toInt16Samples(entry.audio),
})

/** The entry of a stored row of this or an earlier version, or null when the row cannot be read. */
export function parseJournalRow(row: unknown): JournalEntry | null {
  const parsed = v.safeParse(journalRowSchema, row)
  if (!parsed.success) return null
  const { version: _, audio, endMs, ...rest } = parsed.output
  return { ...rest, audio: fromInt16Samples(audio), endMs: endMs ?? rest.startMs + audio.length / SAMPLES_A_MS }
}
