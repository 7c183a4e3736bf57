import { failure, type Result, toProblem } from '../base/result.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import type { StudySession } from '../session/studySession.ts'

export interface CuttingOptions {
  readonly signal: AbortSignal
  /** Share of the file heard, 0…1. */
  onProgress(fraction: number): void
}

export interface HearFileDeps {
  /** Cuts a recording into utterances of a study. Rejects with the signal's reason when it is cancelled. */
  cutFile(file: File, studyId: string, options: CuttingOptions): Promise<Result<Utterance[]>>
}

/** A recording that was given to a study → its utterances; null where it was cancelled. Goes on when another study is read. */
export async function hearFile(
  { cutFile }: HearFileDeps,
  study: StudySession,
  file: File,
): Promise<Result<Utterance[]> | null> {
  const signal = study.files.join(study.signal)
  return await study.fileQueue.add(() => cut({ cutFile }, study, file, signal))
}

async function cut({ cutFile }: HearFileDeps, study: StudySession, file: File, signal: AbortSignal) {
  if (signal.aborted) return null
  const show = (fraction: number) => {
    // Its name may be the patient's.
    const fileProgress = { label: 'Listening to a recording', fraction }
    if (!signal.aborted) study.show('dictation', { fileProgress })
  }
  show(0)
  try {
    const heard = await cutFile(file, study.id, { signal, onProgress: show })
    return signal.aborted ? null : heard
  } catch (thrown) {
    return signal.aborted ? null : failure(toProblem(thrown, 'audio-failed', 'Drop the recording again.'))
  } finally {
    if (!signal.aborted) study.show('dictation', { fileProgress: null })
  }
}
