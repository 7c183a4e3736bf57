import * as v from 'valibot'
import type { FindingId } from '../domain/findings/finding.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import { fromInt16Samples, toInt16Samples } from '../domain/speech/wavSamples.ts'
import type { Vec3 } from '../domain/volume/volume.ts'

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
  readonly said: readonly {
    readonly findingId: FindingId
    readonly status: 'present' | 'absent'
    readonly margin: number
  }[]
  readonly place: {
    readonly orientation: 'axial' | 'sagittal' | 'coronal'
    readonly sliceNumber: number
    readonly pointLpsMm: Vec3
  } | null
}

const time = v.pipe(v.number(), v.finite(), v.minValue(0))
const coordinate = v.pipe(v.number(), v.finite())

const journalRowSchema = v.object({
  id: v.pipe(v.string(), v.minLength(1)),
  studyId: v.string(),
  createdAtMs: time,
  audio: v.instance(Int16Array),
  startMs: time,
  endMs: time,
  source: v.picklist(['microphone', 'file']),
  transcript: v.nullable(v.string()),
  said: v.array(
    v.object({
      findingId: v.string(),
      status: v.picklist(['present', 'absent']),
      margin: coordinate,
    }),
  ),
  place: v.nullable(
    v.object({
      orientation: v.picklist(['axial', 'sagittal', 'coronal']),
      sliceNumber: v.pipe(v.number(), v.integer()),
      pointLpsMm: v.strictTuple([coordinate, coordinate, coordinate]),
    }),
  ),
})

export type JournalRow = v.InferOutput<typeof journalRowSchema>

export function toJournalRow(entry: JournalEntry): JournalRow {
  const place = entry.place && { ...entry.place, pointLpsMm: toTriple(entry.place.pointLpsMm) }
  const said = entry.said.map((finding) => ({ ...finding }))
  return { ...entry, audio: toInt16Samples(entry.audio), said, place }
}

const toTriple = ([x, y, z]: Vec3): [number, number, number] => [x, y, z]

/** The entry of a stored row, or null when the row is not of this shape. */
export function parseJournalRow(row: unknown): JournalEntry | null {
  const parsed = v.safeParse(journalRowSchema, row)
  return parsed.success ? { ...parsed.output, audio: fromInt16Samples(parsed.output.audio) } : null
}
