import type { HeardSpeech } from '../domain/speech/heardSpeech.ts'
import { isWriterComing, type Transcription } from '../domain/speech/transcription.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import type { TranscriberEngine } from '../inference/engines.ts'
import type { PackSession } from '../session/packSession.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'
import type { DictationJournal } from './dictationJournal.ts'
import { changeItem, toStatements } from './hearUtterance.ts'
import { refreshPanel } from './panel.ts'

export interface WriteDownDeps {
  readonly screen: Screen
  readonly transcriber: TranscriberEngine
  readonly journal: DictationJournal
}

/** What the transcriber wrote, or what the speech encoder spelled where there is none or it failed. */
async function write(transcriber: TranscriberEngine, { audio }: Utterance, { spelled = null }: HeardSpeech) {
  const own: { text: string | null; words: Transcription['words'] } = { text: spelled, words: null }
  try {
    return (await transcriber.transcribe(audio)) ?? own
  } catch {
    // The transcript is then that of a pack without a transcriber.
    return own
  }
}

/**
 * An utterance whose chips stand → its transcript, read as a second opinion of what was said. Nothing where no transcriber
 * is coming, nothing was spelled or it is written already, or where the utterance, its study or the pack is gone by then. Never rejects.
 */
export async function writeDown(
  { screen, transcriber, journal }: WriteDownDeps,
  { pack, signal }: PackSession,
  study: StudySession,
  utterance: Utterance,
): Promise<void> {
  const { id } = utterance
  const heard = study.heard.get(id)
  if (!heard?.spelled || heard.isWritten || !isWriterComing(screen.get().model.transcriberPhase)) return
  const { text, words } = await write(transcriber, utterance, heard)
  const known = study.state.dictation.utterances.find((item) => item.id === id)
  if (signal.aborted || study.signal.aborted || !known || study.heard.get(id) !== heard) return
  const written = { ...heard, isWritten: true }
  study.heard.set(id, written)
  const statements = toStatements(pack, written, { transcript: text, words, edits: known.edits })
  const item = changeItem(study, id, { transcript: text, words, statements })
  if (item) journal.update(item)
  refreshPanel(screen, study)
  performance.mark('voxct:written', { detail: id })
}
