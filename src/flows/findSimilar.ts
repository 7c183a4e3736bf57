import { type Problem, toProblem } from '../base/result.ts'
import { labelOf } from '../domain/findings/finding.ts'
import type { LibraryCase } from '../domain/model/manifest.ts'
import type { OwnScan, RankedCase } from '../domain/retrieval/rankLibrary.ts'
import type { SimilarCase, SimilarQuery } from '../state/appState.ts'
import type { Heavy } from './heavy.ts'
import type { LoadedPack } from './loadedPack.ts'
import { queryEmbedding } from './queryDirection.ts'
import type { Screen } from './screen.ts'

/** How many cases the panel lists. */
const SHOWN_CASES = 12

function toQueryLabel(screen: Screen, query: SimilarQuery): string {
  if (query.kind === 'ct') return 'this CT'
  if (query.kind === 'text') return `“${query.text}”`
  if (query.kind === 'finding') return labelOf(screen.get().model.findings, query.findingId)
  const transcript = screen.get().dictation.utterances.find((one) => one.id === query.utteranceId)?.transcript
  return transcript ? `“${transcript}”` : 'the utterance'
}

/** A finding that was said with another pack has no direction in this one. */
function toUnknownFinding(pack: LoadedPack, query: SimilarQuery, queryLabel: string): Problem | null {
  if (query.kind !== 'finding' || pack.manifest.findings.some(({ id }) => id === query.findingId)) return null
  return {
    code: 'finding-not-in-pack',
    message: `${queryLabel} is not among the findings of this model.`,
    nextStep: 'Choose the model that it was said with, or another finding.',
  }
}

/** How the library may know the study on screen, where the study is what is searched by. */
function toOwn(screen: Screen, query: SimilarQuery): OwnScan | null {
  const { current } = screen.get().study
  if (query.kind !== 'ct' || !current) return null
  return { id: current.id, fileName: current.format === 'nifti' ? current.title : null }
}

/** Whether the app can open a case, and where a case lies that it cannot. */
function toOpening({ open }: LibraryCase, pack: LoadedPack): Pick<SimilarCase, 'canOpen' | 'path'> {
  if (open?.kind !== 'file') return { canOpen: open !== undefined, path: null }
  return { canOpen: pack.manifest.library.volumesUrl !== undefined, path: open.path }
}

const toSimilarCase = (pack: LoadedPack, { found, cosine }: RankedCase): SimilarCase => ({
  id: found.id,
  title: found.title,
  cosine,
  labels: found.labels ? pack.manifest.findings.flatMap(({ id }, n) => (found.labels?.[n] === 1 ? [id] : [])) : null,
  ...toOpening(found, pack),
})

/**
 * Query → embedding → the library's cases by cosine, on the panel. A query without an embedding empties the list. An
 * answer that comes when something else is asked for by now, or by another pack (`isWanted`), is dropped.
 */
export async function findSimilar(
  pack: LoadedPack,
  heavy: Heavy,
  screen: Screen,
  query: SimilarQuery,
  isWanted: () => boolean = () => true,
): Promise<void> {
  const embedding = queryEmbedding(pack, heavy, screen, query)
  const queryLabel = toQueryLabel(screen, query)
  if (!embedding) {
    const problem = toUnknownFinding(pack, query, queryLabel)
    return screen.patch('similar', { query, queryLabel, cases: [], isSearching: false, problem })
  }
  screen.patch('similar', { query, isSearching: true })
  const isStillAsked = () => isWanted() && screen.get().similar.query === query
  try {
    const ranked = await pack.library.rank({ query: embedding, count: SHOWN_CASES, own: toOwn(screen, query) })
    if (!isStillAsked()) return
    for (const { found } of ranked) heavy.foundCases.set(found.id, found)
    const cases = ranked.map((one) => toSimilarCase(pack, one))
    screen.patch('similar', { queryLabel, cases, isSearching: false, problem: null })
  } catch (thrown) {
    if (!isStillAsked()) return
    const problem = toProblem(thrown, 'library-failed', 'Search once more, or load the models again.')
    screen.patch('similar', { queryLabel, cases: [], isSearching: false, problem })
  }
}
