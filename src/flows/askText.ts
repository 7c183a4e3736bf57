import { toProblem } from '../base/result.ts'
import type { SpeechEngine } from '../inference/engines.ts'
import type { SimilarQuery } from '../state/appState.ts'
import type { Heavy } from './heavy.ts'
import type { LoadedPack } from './loadedPack.ts'
import type { Screen } from './screen.ts'

export interface AskTextDeps {
  readonly screen: Screen
  readonly heavy: Heavy
  readonly speechEngine: SpeechEngine
}

/** Loads the pack's text tower; typed queries may fail alone. Never rejects. */
export async function loadTextTower(
  { screen, heavy, speechEngine }: AskTextDeps,
  pack: LoadedPack,
  signal: AbortSignal,
): Promise<void> {
  heavy.textEmbeddings.clear()
  screen.patch('model', { textPhase: pack.manifest.text ? 'working' : 'idle' })
  try {
    const info = await speechEngine.loadText(pack, screen.get().model.variantChoice, () => undefined)
    if (signal.aborted) return
    screen.patch('model', { textPhase: info ? 'ready' : 'idle' })
    const nextStep = 'The search holds: what runs has passed its self-test.'
    if (info?.fallback) screen.notify({ code: 'variant-fallback', message: info.fallback, nextStep }, 'warning')
  } catch (thrown) {
    if (signal.aborted) return
    screen.patch('model', { textPhase: 'failed' })
    screen.notify(toProblem(thrown, 'text-model'), 'warning')
  }
}

/**
 * A typed sentence → its embedding, kept for this pack. The query to search and look for, or null when it could not be
 * encoded (the user was told) or is not wanted any more.
 */
export async function askText(
  { screen, heavy, speechEngine }: AskTextDeps,
  text: string,
  isWanted: () => boolean,
): Promise<SimilarQuery | null> {
  const query: SimilarQuery = { kind: 'text', text }
  if (heavy.textEmbeddings.has(text)) return query
  screen.patch('similar', { isSearching: true })
  try {
    const embedding = await speechEngine.encodeText(text)
    if (!isWanted()) return null
    heavy.textEmbeddings.set(text, embedding)
    return query
  } catch (thrown) {
    if (!isWanted()) return null
    screen.patch('similar', { isSearching: false })
    screen.notify(toProblem(thrown, 'text-encoder', 'Ask again, or load the models again from the model page.'))
    return null
  }
}
