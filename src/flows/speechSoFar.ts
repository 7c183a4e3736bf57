import type { CapturedSpeech, CapturedStretch } from '../domain/speech/captured.ts'
import type { StudyPlace } from '../domain/study/openStudy.ts'
import type { StudySession } from '../session/studySession.ts'
import type { DictationJournal } from './dictationJournal.ts'

/** Whose words a stretch of sound holds, and where they are spoken. */
export interface SpokenAbout {
  readonly study: StudySession
  readonly place: StudyPlace | null
}

export interface SpeechSoFarParts {
  readonly journal: Pick<DictationJournal, 'append' | 'forget'>
  /** Null: nothing of it may be kept. */
  toAbout(stretch: CapturedStretch): SpokenAbout | null
  /** Speech about the study begins to be written. */
  onBegin(study: StudySession): void
  /** What was written about it is there as an utterance, or was nothing. */
  onEnd(study: StudySession): void
}

/** What of a recording is written and no utterance yet. */
interface Written {
  readonly fromMs: number
  readonly toMs: number
  readonly studies: ReadonlySet<StudySession>
}

/** Writes what is being said into the journal as it is said, and takes it back there once it is an utterance or turns out to be none. */
export class SpeechSoFar {
  readonly #parts: SpeechSoFarParts
  readonly #written = new Map<string, Written>()

  constructor(parts: SpeechSoFarParts) {
    this.#parts = parts
  }

  take({ recordingId, stretches }: CapturedSpeech): void {
    const wanted = stretches.flatMap((stretch) => {
      const about = this.#parts.toAbout(stretch)
      return about ? [{ stretch, about }] : []
    })
    const written = this.#written.get(recordingId)
    const fromMs = wanted[0]?.stretch.startMs ?? Number.POSITIVE_INFINITY
    // What begins earlier than it did, since silence before it counts as its beginning, is written anew.
    const isAnew = !written || fromMs < written.fromMs
    if (written && fromMs !== written.fromMs) {
      this.#parts.journal.forget(recordingId, isAnew ? Number.POSITIVE_INFINITY : fromMs)
    }
    let toMs = isAnew ? fromMs : written.toMs
    for (const { stretch, about } of wanted) {
      this.#write(recordingId, stretch, about, Math.max(stretch.startMs, toMs))
      toMs = Math.max(toMs, stretch.endMs)
    }
    const studies = new Set(wanted.map(({ about }) => about.study))
    if (wanted.length > 0) this.#written.set(recordingId, { fromMs, toMs, studies })
    else this.#written.delete(recordingId)
    for (const study of studies) if (!written?.studies.has(study)) this.#parts.onBegin(study)
    for (const study of written?.studies ?? []) if (!studies.has(study)) this.#parts.onEnd(study)
  }

  #write(recordingId: string, stretch: CapturedStretch, { study, place }: SpokenAbout, fromMs: number): void {
    if (fromMs >= stretch.endMs) return
    const { isSpeech } = stretch
    const audio = stretch.takeFrom(fromMs)
    this.#parts.journal.append({ recordingId, startMs: fromMs, audio, studyId: study.id, place, isSpeech })
  }
}
