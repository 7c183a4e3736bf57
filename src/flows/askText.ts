import { type Problem, toProblem } from '../base/result.ts'
import type { SpeechEngine } from '../inference/engines.ts'
import type { PackSession } from '../session/packSession.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'
import type { SimilarQuery } from '../state/appState.ts'

export interface AskTextDeps {
  readonly screen: Screen
  readonly speechEngine: SpeechEngine
}

/** Loads the pack's text tower; typed queries may fail alone. Never rejects. */
export async function loadTextTower({ screen, speechEngine }: AskTextDeps, { pack, signal }: PackSession) {
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

const STILL_LOADING: Problem = {
  code: 'typing-not-ready',
  message: 'Typed queries are still loading.',
  nextStep: 'Try again in a moment.',
}

/** Says why no sentence can be typed now. */
export function tellNoTyping({ screen }: Pick<AskTextDeps, 'screen'>): void {
  const { phase, textPhase, packTitle } = screen.get().model
  const isComing = textPhase === 'working' || (textPhase === 'idle' && phase === 'working')
  screen.notify(isComing ? STILL_LOADING : toNoTyping(packTitle || 'The model', textPhase === 'failed'), 'warning')
}

const toNoTyping = (title: string, hasFailed: boolean): Problem => ({
  code: 'no-typing',
  message: hasFailed
    ? `The text encoder of ${title} could not be loaded.`
    : `${title} reads no typed sentences: it has no text encoder.`,
  nextStep: hasFailed
    ? 'Load the models again from the model page.'
    : 'Search by a finding or by what was said, or choose another model.',
})

/**
 * A typed sentence → its embedding, kept for this pack. The query to search and look for, or null when it could not be
 * encoded (the user was told) or is not wanted any more.
 */
export async function askText(
  { screen, speechEngine }: AskTextDeps,
  pack: PackSession,
  study: StudySession,
  text: string,
): Promise<SimilarQuery | null> {
  const query: SimilarQuery = { kind: 'text', text }
  const signal = study.search.begin(pack.signal, study.signal)
  if (pack.textEmbeddings.has(text)) return query
  study.show('similar', { isSearching: true })
  try {
    const embedding = await speechEngine.encodeText(text)
    if (signal.aborted) return null
    pack.textEmbeddings.set(text, embedding)
    return query
  } catch (thrown) {
    if (signal.aborted) return null
    study.show('similar', { isSearching: false })
    screen.notify(toProblem(thrown, 'text-encoder', 'Ask again, or load the models again from the model page.'))
    return null
  }
}
