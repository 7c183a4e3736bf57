import type { Problem } from '../base/result.ts'
import { SPEECH_NOT_IN_PACK } from './choosePack.ts'
import { changeItem, failUtterance, type HearUtteranceDeps, hearUtterance, toSaid } from './hearUtterance.ts'
import type { Heavy } from './heavy.ts'
import type { LoadedPack } from './loadedPack.ts'
import type { Screen } from './screen.ts'

export const SPEECH_MISSING: Problem = {
  code: 'speech-missing',
  message: 'The speech model is not loaded, so the utterance was kept but not heard.',
  nextStep: 'Choose "Load models again" on the model page.',
}

/** What was said, by the prompts and thresholds of this pack; embeddings of the same encoder stay what they are. */
function scoreAgain(screen: Screen, heavy: Heavy, pack: LoadedPack): void {
  const utterances = screen.get().dictation.utterances.map((item) => {
    const embedding = heavy.utteranceEmbeddings.get(item.id)
    return embedding ? { ...item, said: toSaid(pack, embedding) } : item
  })
  screen.patch('dictation', { utterances })
}

/** Utterances of a pack with another encoder: their embeddings mean nothing to this one, so they wait to be heard. */
export function forgetEmbeddings(screen: Screen, heavy: Heavy): void {
  heavy.utteranceEmbeddings.clear()
  const utterances = screen
    .get()
    .dictation.utterances.map((item) => (item.phase === 'ready' ? { ...item, phase: 'encoding' as const } : item))
  screen.patch('dictation', { utterances })
}

/** Those that still wait where nothing will hear them: their audio stays, with the reason. */
export function failWaiting(deps: HearUtteranceDeps, problem: Problem): void {
  for (const { id, phase } of deps.screen.get().dictation.utterances) {
    const utterance = phase === 'encoding' && deps.heavy.utterances.get(id)
    if (utterance) failUtterance(deps, utterance, problem)
  }
}

function markUnheard(screen: Screen): void {
  for (const { id } of screen.get().dictation.utterances)
    changeItem(screen, id, { phase: 'failed', said: [], problem: SPEECH_NOT_IN_PACK })
}

/** Those that an earlier pack could not hear are no failures while this one has not tried. */
function awaitFailed(screen: Screen, heavy: Heavy): void {
  for (const { id, phase } of screen.get().dictation.utterances)
    if (phase === 'failed' && heavy.utterances.has(id)) changeItem(screen, id, { phase: 'encoding', problem: null })
}

/**
 * Brings the utterances of the study on screen up to this pack: those with an embedding are scored again, all others
 * (restored, spoken meanwhile, of another encoder) are encoded. Ends early when study or pack change.
 */
export async function hearAgain(deps: HearUtteranceDeps, pack: LoadedPack): Promise<void> {
  const { screen, heavy } = deps
  if (!pack.manifest.speech) return markUnheard(screen)
  scoreAgain(screen, heavy, pack)
  if (!screen.get().model.speechReady) return failWaiting(deps, SPEECH_MISSING)
  awaitFailed(screen, heavy)
  for (const { id } of screen.get().dictation.utterances) {
    if (deps.isWanted?.() === false) return
    const utterance = heavy.utterances.get(id)
    if (utterance && !heavy.utteranceEmbeddings.has(id)) await hearUtterance(deps, pack, utterance)
  }
}
