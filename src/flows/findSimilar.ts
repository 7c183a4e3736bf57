import { CT_RATE_FINDINGS, FINDING_IDS } from '../../phantom/findings/ctRateFindings.ts'
import { toProblem } from '../base/result.ts'
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
  if (query.kind === 'finding') return CT_RATE_FINDINGS.find((finding) => finding.id === query.findingId)?.label ?? ''
  const transcript = screen.get().dictation.utterances.find((one) => one.id === query.utteranceId)?.transcript
  return transcript ? `“${transcript}”` : 'the utterance'
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
  labels: found.labels ? FINDING_IDS.filter((_, finding) => found.labels?.[finding] === 1) : null,
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
  if (!embedding) return screen.patch('similar', { query, queryLabel, cases: [], isSearching: false, problem: null })
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
