import type { Problem, Result } from '../base/result.ts'
import { toWaveform } from '../domain/speech/waveform.ts'
import type { Journal } from '../storage/journal.ts'
import type { JournalEntry } from '../storage/journalRow.ts'
import type { DictationJournal } from './reading.ts'

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
  let isToldOf = false
  const tell = (result: Result<unknown>) => {
    if (result.ok || isToldOf) return
    isToldOf = true
    notify(result.problem)
  }
  return {
    put(studyId, { transcript, said, place }, { id, audio, startMs, endMs, source }) {
      const entry = { id, studyId, createdAtMs: Date.now(), audio, startMs, endMs, source, transcript, said, place }
      void journal.put(entry).then(tell)
    },
    remove: (utteranceId) => void journal.remove(utteranceId).then(tell),
    async list(studyId) {
      const entries = await journal.list(studyId)
      tell(entries)
      return entries.ok ? entries.value.map(toRestored) : []
    },
  }
}
