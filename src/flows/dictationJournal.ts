import type { Problem, Result } from '../base/result.ts'
import { SerialQueue } from '../base/serialQueue.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import { toWaveform } from '../domain/speech/waveform.ts'
import { toInt16Samples } from '../domain/speech/wavSamples.ts'
import type { UtteranceItem } from '../state/appState.ts'
import type { Journal } from '../storage/journal.ts'
import type { JournalEntry } from '../storage/journalRow.ts'
import type { SpeechChunk } from '../storage/speechChunk.ts'

export interface KeptUtterance {
  readonly item: UtteranceItem
  readonly utterance: Utterance
}

/** A piece of what is being said; mono 16 kHz samples in [-1, 1]. */
export type SpokenPiece = Pick<SpeechChunk, 'recordingId' | 'startMs' | 'studyId' | 'place' | 'isSpeech'> & {
  readonly audio: Float32Array
}

/** The dictation journal of one browser: utterances by study, so that a reload loses nothing. */
export interface DictationJournal {
  /** Writes what was said since, of speech that is no utterance yet. */
  append(piece: SpokenPiece): void
  /** Takes away what was written of a recording up to a moment of it. */
  forget(recordingId: string, untilMs: number): void
  /** Writes an utterance that is new, or one that was removed and comes back, in the place of what was written while it was said. */
  put(studyId: string, item: UtteranceItem, utterance: Utterance): void
  /** Writes what the models made of it; nothing where it has been removed, here or in another tab. */
  update(item: UtteranceItem): void
  remove(utteranceId: string): void
  /** With what other tabs had under way when they ended. */
  list(studyId: string): Promise<{ readonly kept: readonly KeptUtterance[]; readonly unreadableCount: number }>
  /** Makes utterances of what other tabs had under way when they ended, whichever study it was about. */
  recover(): Promise<void>
  /** Gives all utterances under one id to another study, marked as taken over. */
  adopt(fromId: string, studyId: string): Promise<void>
}

function toKept(entry: JournalEntry): KeptUtterance {
  const { id, studyId, audio, startMs, endMs, source, transcript, words, statements, edits, place } = entry
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
      isAdopted: entry.isAdopted,
      isRecovered: entry.isRecovered,
      encodeMs: null,
      problem: null,
    },
  }
}

export interface DictationJournalEvents {
  notify(problem: Problem): void
  /** The first words of this visit are about to be written. */
  onFirstWords(): void
}

/** The journal as the reading uses it; a write that fails is told once, not at every utterance. */
export function toDictationJournal(
  journal: Journal,
  { notify, onFirstWords }: DictationJournalEvents,
): DictationJournal {
  /** A deletion that is undone at once must not overtake the writing that undoes it. */
  const queue = new SerialQueue()
  let isToldOf = false
  let hasWords = false
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
  const noteWords = () => {
    if (!hasWords) onFirstWords()
    hasWords = true
  }
  return {
    append({ audio, ...piece }) {
      noteWords()
      void queue.add(() => journal.speech.append({ ...piece, samples: toInt16Samples(audio) })).then(tell)
    },
    forget: (recordingId, untilMs) => void queue.add(() => journal.speech.forget({ recordingId, untilMs })).then(tell),
    put(studyId, item, { id, audio, startMs, endMs, source, recordingId }) {
      noteWords()
      const { transcript, words, statements, edits, place, isAdopted, isRecovered } = item
      const spoken = { id, studyId, createdAtMs: toCreatedAtMs(id), audio, startMs, endMs, source }
      const entry = { ...spoken, transcript, words, statements, edits, place, isAdopted, isRecovered }
      const said = recordingId === undefined ? undefined : { recordingId, untilMs: endMs }
      void queue.add(() => journal.put(entry, said)).then(tell)
    },
    update: ({ id, transcript, words, statements, edits }) =>
      void queue.add(() => journal.update(id, { transcript, words, statements, edits })).then(tell),
    remove: (utteranceId) => void queue.add(() => journal.remove(utteranceId)).then(tell),
    async recover() {
      tell(await queue.add(() => journal.speech.recover()))
    },
    async list(studyId) {
      tell(await queue.add(() => journal.speech.recover()))
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
