import { type Problem, toProblem } from '../base/result.ts'
import { toParts, toQuery } from '../domain/retrieval/query.ts'
import { parseTypedQuery } from '../domain/retrieval/typedQuery.ts'
import type { SpeechEngine } from '../inference/engines.ts'
import type { PackSession } from '../session/packSession.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'
import type { SimilarQuery } from '../state/appState.ts'
import { findNamed } from './namedFindings.ts'

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

/** A typed sentence → what it asks for: "like this but no effusion" is this scan without effusion. */
function toTypedQuery({ pack }: PackSession, study: StudySession, text: string): SimilarQuery {
  const latest = study.state.dictation.utterances.findLast(({ phase }) => phase === 'ready')
  const namesFinding = (words: string) => findNamed(pack, words).length > 0
  return toQuery(parseTypedQuery(text, { namesFinding, latestUtteranceId: latest?.id ?? null }))
}

/**
 * A typed sentence → the query that it asks for, its words read and kept for this pack. Null when they could not be encoded
 * (the user was told) or are not wanted any more.
 */
export async function askText(
  { screen, speechEngine }: AskTextDeps,
  pack: PackSession,
  study: StudySession,
  text: string,
): Promise<SimilarQuery | null> {
  const query = toTypedQuery(pack, study, text)
  const signal = study.search.begin(pack.signal, study.signal)
  const texts = toParts(query).flatMap(({ source }) => (source.kind === 'text' ? [source.text] : []))
  const unread = texts.filter((one) => !pack.textEmbeddings.has(one))
  if (unread.length > 0) study.show('similar', { isSearching: true })
  try {
    for (const one of unread) {
      const embedding = await speechEngine.encodeText(one)
      if (signal.aborted) return null
      pack.textEmbeddings.set(one, embedding)
    }
    return query
  } catch (thrown) {
    if (signal.aborted) return null
    study.show('similar', { isSearching: false })
    screen.notify(toProblem(thrown, 'text-encoder', 'Ask again, or load the models again from the model page.'))
    return null
  }
}
