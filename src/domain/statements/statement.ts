import type { FindingId } from '../findings/finding.ts'

/**
 * How a finding is stated. Uncertain: possible, not excluded, or read differently by two readers. Resolved: it was there once
 * and is no finding of today.
 */
export type Status = 'present' | 'absent' | 'uncertain' | 'resolved'

/** As a reader is told it. */
export const STATUS_TEXT: Readonly<Record<Status, string>> = {
  present: 'present',
  absent: 'absent',
  uncertain: 'unsure',
  resolved: 'resolved',
}

/** Text-free from the embedding of the speech encoder, as in SpeechCT-CLIP, or from the words of the transcript. */
export type ReaderName = 'embedding' | 'transcript'

export type Side = 'left' | 'right' | 'bilateral'
export type Lobe = 'upper' | 'middle' | 'lower' | 'lingula'

/** Where a finding is said to lie; null where that was not said. */
export interface Place {
  readonly side: Side | null
  readonly lobe: Lobe | null
}

export const NO_PLACE: Place = { side: null, lobe: null }

/** Seconds in the audio of the utterance. */
export interface Span {
  readonly startSeconds: number
  readonly endSeconds: number
}

/** One thing said of one finding. */
export interface Statement {
  readonly findingId: FindingId
  readonly status: Status
  readonly place: Place
  /** Largest diameter that was spoken, mm. */
  readonly sizeMm: number | null
  /** When it was said; null where no reader knows. */
  readonly span: Span | null
  /** The clause that states it, as it was heard; null where the embedding alone states it. */
  readonly words: string | null
  /** What each reader makes of it; null where a reader says nothing of the finding. */
  readonly readings: Readonly<Record<ReaderName, Status | null>>
  /** Score of the embedding (findings/saidScore.ts), −1…1; null where it says nothing of the finding. */
  readonly margin: number | null
  /** A person has set it: no reader changes it any more. */
  readonly isSet: boolean
}

/** A person stands behind it, or both readers do. */
export const isFirm = ({ isSet, readings, status }: Statement): boolean =>
  isSet || (readings.embedding === status && readings.transcript === status)

/** Whether two places are named alike. */
export const isEqualPlace = (a: Place, b: Place): boolean => a.side === b.side && a.lobe === b.lobe

/** Whether two statements may be about the same place: what was not said, and both sides, may be anywhere. */
export function isSamePlace(a: Place, b: Place): boolean {
  const isSide = a.side === null || b.side === null || a.side === b.side || [a.side, b.side].includes('bilateral')
  return isSide && (a.lobe === null || b.lobe === null || a.lobe === b.lobe)
}
