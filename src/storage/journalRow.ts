import * as v from 'valibot'
import type { TimedWord } from '../domain/speech/transcription.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import { fromInt16Samples, toInt16Samples } from '../domain/speech/wavSamples.ts'
import { NO_EDITS, type UtteranceEdits } from '../domain/statements/edits.ts'
import type { Statement } from '../domain/statements/statement.ts'
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
  /** The transcript's words as a transcriber wrote them; null where none did. */
  readonly words: readonly TimedWord[] | null
  readonly statements: readonly Statement[]
  /** What a person has changed of it. */
  readonly edits: UtteranceEdits
  readonly place: StudyPlace | null
  /** It was kept under another id and a person has said that it is this study's. */
  readonly isAdopted: boolean
  /** The tab ended while it was spoken: it is what was written by then. */
  readonly isRecovered: boolean
}

/**
 * Version of the rows that this code writes. A row without one was written by version 0.3.0 or earlier, and its study was named
 * by its file. Rows below 3 keep what was said without its place, words and readers: it is read again from the audio.
 * Rows below 4 number axial slices from the feet up: the number is counted again from the point. A higher version is left as it is.
 */
export const ROW_VERSION = 4
const COUNTS_FROM_THE_HEAD = 4

const time = v.pipe(v.number(), v.finite(), v.minValue(0))
const coordinate = v.pipe(v.number(), v.finite())
const SAMPLES_A_MS = 16

const timedWord = v.object({
  text: v.string(),
  startSeconds: time,
  endSeconds: time,
  probability: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
})

const findingId = v.pipe(v.string(), v.minLength(1))
const status = v.picklist(['present', 'absent', 'uncertain', 'resolved'])

const statedPlace = v.object({
  side: v.nullable(v.picklist(['left', 'right', 'bilateral'])),
  lobe: v.nullable(v.picklist(['upper', 'middle', 'lower', 'lingula'])),
})

const statement = v.object({
  findingId,
  status,
  place: statedPlace,
  sizeMm: v.nullable(time),
  span: v.nullable(v.object({ startSeconds: time, endSeconds: time })),
  words: v.nullable(v.string()),
  readings: v.object({ embedding: v.nullable(status), transcript: v.nullable(status) }),
  margin: v.nullable(coordinate),
  isSet: v.boolean(),
})

const edits = v.object({
  text: v.fallback(v.nullable(v.string()), null),
  statuses: v.fallback(
    v.array(v.object({ findingId, status: v.nullable(status), place: v.optional(statedPlace) })),
    [],
  ),
})

/** View, slice and crosshair as they are stored. */
export const storedPlace = v.object({
  orientation: v.picklist(['axial', 'sagittal', 'coronal']),
  sliceNumber: v.nullable(v.pipe(v.number(), v.integer())),
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
  words: v.fallback(v.nullable(v.array(timedWord)), null),
  statements: v.fallback(v.array(statement), []),
  edits: v.fallback(edits, NO_EDITS),
  place: v.fallback(v.nullable(storedPlace), null),
  isAdopted: v.fallback(v.boolean(), false),
  isRecovered: v.fallback(v.boolean(), false),
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
  const { version = 0, audio, endMs, place, ...rest } = parsed.output
  const isOtherCount = version < COUNTS_FROM_THE_HEAD && place?.orientation === 'axial'
  return {
    ...rest,
    place: isOtherCount ? { ...place, sliceNumber: null } : place,
    audio: fromInt16Samples(audio),
    endMs: endMs ?? rest.startMs + audio.length / SAMPLES_A_MS,
  }
}
