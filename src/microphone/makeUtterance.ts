import type { SpeechSegment } from '../domain/speech/segment.ts'
import type { Utterance } from '../domain/speech/utterance.ts'

/** Gives a segment the id that it keeps in the panel, the journal and the heavy store. */
export function makeUtterance(
  segment: SpeechSegment,
  source: Utterance['source'],
  studyId: Utterance['studyId'],
  { isCommand = false, recordingId }: { readonly isCommand?: boolean; readonly recordingId?: string } = {},
): Utterance {
  const utterance = { id: crypto.randomUUID(), studyId, sampleRateHz: 16000, source, ...segment } as const
  return { ...utterance, ...(isCommand && { isCommand }), ...(recordingId && { recordingId }) }
}
