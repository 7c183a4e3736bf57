import type { Problem, Result } from '../base/result.ts'
import { SerialQueue } from '../base/serialQueue.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import { toWaveform } from '../domain/speech/waveform.ts'
import type { UtteranceItem } from '../state/appState.ts'
import type { Journal } from '../storage/journal.ts'
import type { JournalEntry } from '../storage/journalRow.ts'

/** The dictation journal of one browser: utterances by study, so that a reload loses nothing. */
export interface DictationJournal {
  put(studyId: string, item: UtteranceItem, utterance: Utterance): void
  remove(utteranceId: string): void
  list(studyId: string): Promise<readonly { item: UtteranceItem; utterance: Utterance }[]>
}

function toRestored(entry: JournalEntry): Awaited<ReturnType<DictationJournal['list']>>[number] {
  const { id, audio, startMs, endMs, source, transcript, said, place } = entry
  return {
    utterance: { id, audio, sampleRateHz: 16000, startMs, endMs, source },
    item: {
      id,
      startMs,
      durationMs: endMs - startMs,
      source,
      waveform: toWaveform(audio),
      phase: 'ready',
      transcript,
      said,
      place,
      encodeMs: null,
      problem: null,
    },
  }
}

/** The journal as the reading uses it; a write that fails is told once, not at every utterance. */
export function toDictationJournal(journal: Journal, notify: (problem: Problem) => void): DictationJournal {
  /** A deletion that is undone at once must not overtake the writing that undoes it. */
  const queue = new SerialQueue()
  let isToldOf = false
  /** When each was spoken: writing it again, or bringing it back, must not move it to the end of the dictation. */
  const createdAtMs = new Map<string, number>()
  const tell = (result: Result<unknown>) => {
    if (result.ok || isToldOf) return
    isToldOf = true
    notify(result.problem)
  }
  const toCreatedAtMs = (utteranceId: string): number => {
    const known = createdAtMs.get(utteranceId) ?? Date.now()
    createdAtMs.set(utteranceId, known)
    return known
  }
  return {
    put(studyId, { transcript, said, place }, { id, audio, startMs, endMs, source }) {
      const spoken = { id, studyId, createdAtMs: toCreatedAtMs(id), audio, startMs, endMs, source }
      void queue.add(() => journal.put({ ...spoken, transcript, said, place })).then(tell)
    },
    remove: (utteranceId) => void queue.add(() => journal.remove(utteranceId)).then(tell),
    async list(studyId) {
      const entries = await queue.add(() => journal.list(studyId))
      tell(entries)
      if (!entries.ok) return []
      for (const entry of entries.value) createdAtMs.set(entry.id, entry.createdAtMs)
      return entries.value.map(toRestored)
    },
  }
}
