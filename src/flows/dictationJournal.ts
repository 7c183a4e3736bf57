import type { Problem, Result } from '../base/result.ts'
import { SerialQueue } from '../base/serialQueue.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import { toWaveform } from '../domain/speech/waveform.ts'
import type { UtteranceItem } from '../state/appState.ts'
import type { Journal } from '../storage/journal.ts'
import type { JournalEntry } from '../storage/journalRow.ts'

export interface KeptUtterance {
  readonly item: UtteranceItem
  readonly utterance: Utterance
}

/** The dictation journal of one browser: utterances by study, so that a reload loses nothing. */
export interface DictationJournal {
  /** Writes an utterance that is new, or one that was removed and comes back. */
  put(studyId: string, item: UtteranceItem, utterance: Utterance): void
  /** Writes what the models made of it; nothing where it has been removed, here or in another tab. */
  update(item: UtteranceItem): void
  remove(utteranceId: string): void
  list(studyId: string): Promise<{ readonly kept: readonly KeptUtterance[]; readonly unreadableCount: number }>
  /** Gives all utterances under one id to another study, marked as taken over. */
  adopt(fromId: string, studyId: string): Promise<void>
}

function toKept(entry: JournalEntry): KeptUtterance {
  const { id, studyId, audio, startMs, endMs, source, transcript, words, statements, edits, place, isAdopted } = entry
  return {
    utterance: { id, studyId, audio, sampleRateHz: 16000, startMs, endMs, source },
    item: {
      id,
      startMs,
      durationMs: endMs - startMs,
      source,
      waveform: toWaveform(audio),
      phase: 'ready',
      transcript,
      words,
      statements,
      edits,
      place,
      isAdopted,
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
    put(studyId, { transcript, words, statements, edits, place, isAdopted }, { id, audio, startMs, endMs, source }) {
      const spoken = { id, studyId, createdAtMs: toCreatedAtMs(id), audio, startMs, endMs, source }
      void queue
        .add(() => journal.put({ ...spoken, transcript, words, statements, edits, place, isAdopted }))
        .then(tell)
    },
    update: ({ id, transcript, words, statements, edits }) =>
      void queue.add(() => journal.update(id, { transcript, words, statements, edits })).then(tell),
    remove: (utteranceId) => void queue.add(() => journal.remove(utteranceId)).then(tell),
    async list(studyId) {
      const listed = await queue.add(() => journal.list(studyId))
      tell(listed)
      if (!listed.ok) return { kept: [], unreadableCount: 0 }
      const { entries, unreadableCount } = listed.value
      for (const entry of entries) createdAtMs.set(entry.id, entry.createdAtMs)
      return { kept: entries.map(toKept), unreadableCount }
    },
    async adopt(fromId, studyId) {
      tell(await queue.add(() => journal.adopt(fromId, studyId)))
    },
  }
}
