import { type Problem, toProblem } from '../base/result.ts'
import type { HeardSpeech } from '../domain/speech/heardSpeech.ts'
import { isWriterComing } from '../domain/speech/transcription.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import { toWaveform } from '../domain/speech/waveform.ts'
import { applyEdits, NO_EDITS } from '../domain/statements/edits.ts'
import { joinReadings } from '../domain/statements/joinReadings.ts'
import { readEmbeddings } from '../domain/statements/readEmbeddings.ts'
import { readWords } from '../domain/statements/readWords.ts'
import type { Statement } from '../domain/statements/statement.ts'
import { fromTimedWords, toHeardWords } from '../domain/statements/transcript/tokens.ts'
import type { SpeechEngine } from '../inference/engines.ts'
import type { LoadedPack } from '../session/loadedPack.ts'
import type { PackSession } from '../session/packSession.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'
import type { UtteranceItem } from '../state/appState.ts'
import type { DictationJournal } from './dictationJournal.ts'

export interface HearUtteranceDeps {
  readonly screen: Screen
  readonly speechEngine: SpeechEngine
  readonly journal: DictationJournal
}

export function changeItem(study: StudySession, id: string, change: Partial<UtteranceItem>): UtteranceItem | null {
  let changed: UtteranceItem | null = null
  const utterances = study.state.dictation.utterances.map((item) => {
    if (item.id !== id) return item
    changed = { ...item, ...change }
    return changed
  })
  study.show('dictation', { utterances })
  return changed
}

const toItem = (utterance: Utterance, place: UtteranceItem['place'], isRecovered: boolean): UtteranceItem => ({
  id: utterance.id,
  startMs: utterance.startMs,
  durationMs: utterance.endMs - utterance.startMs,
  source: utterance.source,
  waveform: toWaveform(utterance.audio),
  phase: 'encoding',
  transcript: null,
  words: null,
  statements: [],
  edits: NO_EDITS,
  place,
  isAdopted: false,
  isRecovered,
  encodeMs: null,
  problem: null,
})

/** Puts an utterance into the study's timeline and journal, to be encoded now or when the speech model is there. */
export function addToTimeline(
  journal: DictationJournal,
  study: StudySession,
  utterance: Utterance,
  place: UtteranceItem['place'],
  isRecovered = false,
): void {
  study.utterances.set(utterance.id, utterance)
  const item = toItem(utterance, place, isRecovered)
  study.show('dictation', { utterances: [...study.state.dictation.utterances, item] })
  journal.put(study.id, item, utterance)
}

/** An utterance that no model can hear: its audio stays, with the reason. */
export function failUtterance({ screen }: HearUtteranceDeps, study: StudySession, id: string, problem: Problem): void {
  if (changeItem(study, id, { phase: 'failed', problem })) screen.notify(problem)
}

/** What an utterance states, by this pack's encoder and the words that it heard, as far as no person has set it. */
export function toStatements(
  pack: LoadedPack,
  { windows }: HeardSpeech,
  item: Pick<UtteranceItem, 'transcript' | 'words' | 'edits'>,
): Statement[] {
  const { transcript, words, edits } = item
  const heard = readEmbeddings(windows, pack.saidScore, pack.manifest.findings)
  const text = edits.text ?? transcript
  if (text === null) return applyEdits(joinReadings(heard, null), edits)
  const timed = edits.text === null && words ? fromTimedWords(words) : null
  const heardWords = timed ?? toHeardWords(text, edits.text !== null)
  return applyEdits(joinReadings(heard, readWords(heardWords, heard, pack), heardWords), edits)
}

/**
 * An utterance of the study's timeline → embedding, and letters where no transcriber is coming → what was said. False when it could not be encoded,
 * or when another pack is wanted by now: then it is left as it stands, to be heard by that one.
 */
export async function hearUtterance(
  deps: HearUtteranceDeps,
  session: PackSession,
  study: StudySession,
  utterance: Utterance,
): Promise<boolean> {
  const { pack, signal } = session
  const { id } = utterance
  const isWanted = () => !signal.aborted && !study.signal.aborted
  study.beingHeard.set(id, session)
  try {
    const { transcript: spelled, encodeMs, ...vectors } = await deps.speechEngine.encode(utterance.audio)
    const heard = { ...vectors, spelled }
    if (!isWanted()) return false
    const known = study.state.dictation.utterances.find((item) => item.id === id)
    if (!known) return false
    // What a transcriber will write is not spelled out before.
    const isAwaited = spelled && isWriterComing(deps.screen.get().model.transcriberPhase)
    const { transcript, words } = isAwaited ? known : { transcript: spelled, words: null }
    const statements = toStatements(pack, heard, { transcript, words, edits: known.edits })
    const item = changeItem(study, id, { phase: 'ready', transcript, words, statements, encodeMs, problem: null })
    if (!item) return false
    study.heard.set(id, heard)
    deps.journal.update(item)
    return true
  } catch (thrown) {
    if (!isWanted()) return false
    const nextStep = 'Say it again, or load the models again from the model page.'
    failUtterance(deps, study, id, toProblem(thrown, 'speech-encoder', nextStep))
    return false
  } finally {
    if (study.beingHeard.get(id) === session) study.beingHeard.delete(id)
  }
}
