import type { LibraryCase } from '../model/manifest.ts'
import type { CaseSource } from './caseTable.ts'
import type { Embeddings } from './embeddings.ts'
import { toBestIndices } from './rankCases.ts'

/** How a library may know the study on screen. */
export interface OwnScan {
  /** Id of the study; a phantom's is `phantom-<seed>`. */
  readonly id: string
  /** Name of the file it was read from, where it was one. */
  readonly fileName: string | null
}

export interface RankedCase {
  readonly found: LibraryCase
  readonly cosine: number
}

export interface RankRequest {
  /** Unit embedding. */
  readonly query: Float32Array
  readonly count: number
  /** The study whose scan is the query and so no answer to it; null where the query is no scan. */
  readonly own: OwnScan | null
}

/** Cases looked at first; more are where many of them are reconstructions of one scan. */
const FIRST_LOOK = 256

const baseName = (path: string): string => path.split('/').at(-1) ?? path

/** Whether a case of the library is the study itself. */
function isStudy({ id, open }: LibraryCase, own: OwnScan): boolean {
  if (id === own.id) return true
  if (open?.kind === 'phantom') return own.id === `phantom-${open.seed}`
  return open?.kind === 'file' && own.fileName !== null && baseName(open.path) === own.fileName
}

/** A case without a scan of its own is one. */
const toScan = ({ id, scan }: LibraryCase): string => (scan === undefined ? `case ${id}` : `scan ${scan}`)

/** Of every scan its best reconstruction, without the scan that the study is of. */
function toDistinct(ranked: readonly RankedCase[], own: OwnScan | null): RankedCase[] {
  const left = new Set(own ? ranked.filter(({ found }) => isStudy(found, own)).map(({ found }) => toScan(found)) : [])
  return ranked.filter(({ found }) => {
    const scan = toScan(found)
    if (left.has(scan)) return false
    left.add(scan)
    return true
  })
}

/**
 * The nearest places by true cosine, best first: where scores are near enough only, twice as many are scored again.
 * @param scores of the query, by `embeddings.score`
 */
export async function nearestPlaces(embeddings: Embeddings, scores: Float32Array, query: Float32Array, count: number) {
  if (embeddings.isExact) return toBestIndices(scores, count).map((place) => ({ place, cosine: scores[place] }))
  const places = toBestIndices(scores, 2 * count)
  const cosines = await embeddings.rescore(query, places)
  return toBestIndices(cosines, count).map((at) => ({ place: places[at], cosine: cosines[at] }))
}

/**
 * Cases by cosine to the query, best first and one a scan. The study's own scan is known by its nearest reconstructions:
 * they lie among the first, where its own embedding is the query.
 */
export async function rankLibrary(
  cases: CaseSource,
  embeddings: Embeddings,
  request: RankRequest,
): Promise<RankedCase[]> {
  const { query, count, own } = request
  const scores = embeddings.score(query)
  for (let looked = FIRST_LOOK; ; looked *= 4) {
    const nearest = await nearestPlaces(embeddings, scores, query, looked)
    const distinct = toDistinct(
      nearest.map(({ place, cosine }) => ({ found: cases.get(place), cosine })),
      own,
    )
    if (distinct.length >= count || looked >= scores.length) return distinct.slice(0, count)
  }
}
