import type { Result } from '../base/result.ts'
import { success } from '../base/result.ts'
import { SEGMENT_SETTINGS } from '../domain/speech/segment.ts'
import { fromInt16Samples } from '../domain/speech/wavSamples.ts'
import { NO_EDITS } from '../domain/statements/edits.ts'
import { attempt, type VoxctDatabase } from './database.ts'
import { type JournalEntry, toJournalRow } from './journalRow.ts'
import { parseSpeechChunk, SAMPLES_A_MS, type SpeechChunk, toChunkEndMs } from './speechChunk.ts'
import type { TabLife } from './tabLife.ts'

/** A moment on the clock of a recording. */
export interface RecordedUntil {
  readonly recordingId: string
  readonly untilMs: number
}

/**
 * What is being said, written while it is said, so that a tab that is killed has lost no more than its last moment. Problems as
 * those of the journal.
 */
export interface SpeechLog {
  append(chunk: Omit<SpeechChunk, 'tabId' | 'writtenAtMs'>): Promise<Result<void>>
  /** What was written of a recording up to there is kept otherwise, or not wanted. */
  forget(until: RecordedUntil): Promise<Result<void>>
  /** Makes utterances of what tabs that have ended have left, each of the study that it was said about. */
  recover(): Promise<Result<void>>
}

/** Where the browser keeps nothing. */
export const NO_SPEECH_LOG: SpeechLog = {
  append: async () => success(undefined),
  forget: async () => success(undefined),
  recover: async () => success(undefined),
}

export const createSpeechLog = (database: VoxctDatabase, tab: TabLife): SpeechLog => ({
  append: (chunk) =>
    attempt(async () => {
      await tab.begin()
      await database.speechChunks.put({ ...chunk, tabId: tab.id, writtenAtMs: Date.now() })
    }),
  forget: (until) =>
    attempt(() => database.transaction('rw', database.speechChunks, () => forgetChunks(database, until))),
  recover: () =>
    attempt(async () => {
      const tabIds = await database.speechChunks.orderBy('tabId').uniqueKeys()
      for (const id of tabIds) if (typeof id === 'string') await tab.ifEnded(id, () => recoverTab(database, id))
    }),
})

/** Within a transaction. A chunk that goes on behind that moment keeps its rest. */
export async function forgetChunks(
  { speechChunks }: VoxctDatabase,
  { recordingId, untilMs }: RecordedUntil,
): Promise<void> {
  // A collection of Dexie's is spent by its first use.
  const before = () =>
    speechChunks
      .where('[recordingId+startMs]')
      .between([recordingId, Number.NEGATIVE_INFINITY], [recordingId, untilMs], true, false)
  const last = parseSpeechChunk(await before().last())
  await before().delete()
  if (!last || toChunkEndMs(last) <= untilMs) return
  const samples = last.samples.slice((untilMs - last.startMs) * SAMPLES_A_MS)
  await speechChunks.put({ ...last, startMs: untilMs, samples })
}

async function recoverTab(database: VoxctDatabase, tabId: string): Promise<void> {
  const { speechChunks, utterances } = database
  await database.transaction('rw', [speechChunks, utterances], async () => {
    const rows = await speechChunks.where('tabId').equals(tabId).toArray()
    const chunks = rows.map(parseSpeechChunk).filter((chunk) => chunk !== null)
    for (const stretch of toStretches(chunks)) {
      const entry = toEntry(stretch)
      if (entry) await utterances.put(toJournalRow(entry))
    }
    await speechChunks.bulkDelete(chunks.map(({ recordingId, startMs }) => [recordingId, startMs]))
  })
}

/** Chunks that lie end to end, of one recording and study. */
function toStretches(chunks: readonly SpeechChunk[]): SpeechChunk[][] {
  const stretches: SpeechChunk[][] = []
  const ordered = [...chunks].sort((a, b) => a.recordingId.localeCompare(b.recordingId) || a.startMs - b.startMs)
  for (const chunk of ordered) {
    const last = stretches.at(-1)
    const before = last?.at(-1)
    const isNext =
      before?.recordingId === chunk.recordingId &&
      before.studyId === chunk.studyId &&
      toChunkEndMs(before) === chunk.startMs
    if (last && isNext) last.push(chunk)
    else stretches.push([chunk])
  }
  return stretches
}

/** Peaks below this, of full scale, are what a microphone gives that records nothing. */
const SILENT_PEAK = 3e-4

/** The utterance that was cut off; null where it is too short to be one, or nobody had judged it and it is silent. */
function toEntry(chunks: readonly SpeechChunk[]): JournalEntry | null {
  const [first] = chunks
  const last = chunks[chunks.length - 1]
  const endMs = toChunkEndMs(last)
  const audio = fromInt16Samples(joinSamples(chunks))
  if (endMs - first.startMs < SEGMENT_SETTINGS.minSpeechMs) return null
  if (!chunks.some(({ isSpeech }) => isSpeech) && audio.every((sample) => Math.abs(sample) < SILENT_PEAK)) return null
  return {
    id: crypto.randomUUID(),
    studyId: first.studyId,
    createdAtMs: last.writtenAtMs,
    audio,
    startMs: first.startMs,
    endMs,
    source: 'microphone',
    transcript: null,
    words: null,
    statements: [],
    edits: NO_EDITS,
    place: first.place,
    isAdopted: false,
    isRecovered: true,
  }
}

function joinSamples(chunks: readonly SpeechChunk[]): Int16Array {
  const joined = new Int16Array(chunks.reduce((sum, { samples }) => sum + samples.length, 0))
  let offset = 0
  for (const { samples } of chunks) {
    joined.set(samples, offset)
    offset += samples.length
  }
  return joined
}
