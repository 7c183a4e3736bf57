import { type Problem, toProblem } from '../base/result.ts'
import { type SaidFinding, toSaidFindings } from '../domain/findings/said.ts'
import type { Utterance } from '../domain/speech/utterance.ts'
import { toWaveform } from '../domain/speech/waveform.ts'
import type { SpeechEngine } from '../inference/engines.ts'
import type { UtteranceItem } from '../state/appState.ts'
import type { Heavy } from './heavy.ts'
import type { LoadedPack } from './loadedPack.ts'
import type { Screen } from './screen.ts'

export interface HearUtteranceDeps {
  readonly screen: Screen
  readonly heavy: Heavy
  readonly speechEngine: SpeechEngine
  /** View, slice and crosshair at the moment of speaking. */
  currentPlace(): UtteranceItem['place']
  /** Writes the utterance to the journal, so that a reload loses nothing. */
  keep(item: UtteranceItem, utterance: Utterance): void
  /** False once another pack has been asked for: a late answer of the old one must not be shown. */
  isWanted?(): boolean
}

export function changeItem(screen: Screen, id: string, change: Partial<UtteranceItem>): UtteranceItem | null {
  let changed: UtteranceItem | null = null
  const utterances = screen.get().dictation.utterances.map((item) => {
    if (item.id !== id) return item
    changed = { ...item, ...change }
    return changed
  })
  screen.patch('dictation', { utterances })
  return changed
}

const toItem = (utterance: Utterance, deps: HearUtteranceDeps): UtteranceItem => ({
  id: utterance.id,
  startMs: utterance.startMs,
  durationMs: utterance.endMs - utterance.startMs,
  source: utterance.source,
  waveform: toWaveform(utterance.audio),
  phase: 'encoding',
  transcript: null,
  said: [],
  place: deps.currentPlace(),
  encodeMs: null,
  problem: null,
})

/** Puts an utterance into the timeline, once, to be encoded now or when the speech model is there. */
export function addToTimeline(deps: HearUtteranceDeps, utterance: Utterance): void {
  const { screen, heavy } = deps
  heavy.utterances.set(utterance.id, utterance)
  if (screen.get().dictation.utterances.some((item) => item.id === utterance.id)) return
  const item = toItem(utterance, deps)
  screen.patch('dictation', { utterances: [...screen.get().dictation.utterances, item] })
  deps.keep(item, utterance)
}

/** An utterance that no model can hear: its audio stays, with the reason. */
export function failUtterance(deps: HearUtteranceDeps, utterance: Utterance, problem: Problem): void {
  const item = changeItem(deps.screen, utterance.id, { phase: 'failed', problem })
  if (item) deps.keep(item, utterance)
  deps.screen.notify(problem)
}

export const toSaid = ({ saidScore, manifest }: LoadedPack, embedding: Float32Array): SaidFinding[] =>
  toSaidFindings(embedding, saidScore, manifest.findings)

/**
 * Utterance → embedding and transcript → what was said, in the timeline. False when it could not be encoded, or when
 * another pack is wanted by now: then it is left as it stands, to be heard by that one.
 */
export async function hearUtterance(deps: HearUtteranceDeps, pack: LoadedPack, utterance: Utterance): Promise<boolean> {
  const { screen, heavy } = deps
  const isWanted = () => deps.isWanted?.() ?? true
  addToTimeline(deps, utterance)
  try {
    const { embedding, transcript, encodeMs } = await deps.speechEngine.encode(utterance.audio)
    if (!isWanted()) return false
    const said = toSaid(pack, embedding)
    const item = changeItem(screen, utterance.id, { phase: 'ready', transcript, said, encodeMs, problem: null })
    if (!item) return false
    heavy.utteranceEmbeddings.set(utterance.id, embedding)
    deps.keep(item, utterance)
    return true
  } catch (thrown) {
    if (!isWanted()) return false
    const nextStep = 'Say it again, or load the models again from the model page.'
    failUtterance(deps, utterance, toProblem(thrown, 'speech-encoder', nextStep))
    return false
  }
}
