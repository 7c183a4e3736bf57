import type { LibraryCase } from '../model/manifest.ts'
import { type CaseFilter, NO_FILTER, passesFilter } from './caseFilter.ts'
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
  /** Another scan of the patient whose study is on screen. */
  readonly isOwnPatient: boolean
  /** Its own unit embedding. */
  readonly embedding: Float32Array
}

export interface RankRequest {
  /** Unit embedding. */
  readonly query: Float32Array
  readonly count: number
  /** The study whose scan is the query and so no answer to it; null where the query is no scan. */
  readonly own: OwnScan | null
  /** Absent: every case may be listed. */
  readonly filter?: CaseFilter
}

/** What a library answers. */
export interface Ranking {
  /** Best first, one a scan. */
  readonly cases: readonly RankedCase[]
  /** Cases of the library, whatever the filter. */
  readonly size: number
  /** Median of the cosines of all its cases with the query: what a case drawn by chance has. Null of fewer than ten cases. */
  readonly chanceCosine: number | null
  /** Cases that would have been listed before the last one shown and were left out by the filter. */
  readonly filteredOut: number
}

/** Cases looked at first; more are where many of them are reconstructions of one scan, or are filtered out. */
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

type Candidate = Pick<RankedCase, 'found' | 'cosine'>

/** Of every scan its best reconstruction that passes, without the scan that the study is of. `ranked`: best first. */
export function toDistinct<T extends Candidate>(
  ranked: readonly T[],
  { own, filter = NO_FILTER, count }: Pick<RankRequest, 'own' | 'filter' | 'count'>,
) {
  const mine = own ? ranked.filter(({ found }) => isStudy(found, own)).map(({ found }) => found) : []
  const patients = new Set(mine.flatMap(({ patient }) => patient ?? []))
  const taken = new Set(mine.map(toScan))
  const cases: (T & Pick<RankedCase, 'isOwnPatient'>)[] = []
  let filteredOut = 0
  for (const candidate of ranked) {
    const { found } = candidate
    const scan = toScan(found)
    if (cases.length === count) break
    if (taken.has(scan)) continue
    if (!passesFilter(found, filter)) {
      filteredOut++
      continue
    }
    taken.add(scan)
    cases.push({ ...candidate, isOwnPatient: found.patient !== undefined && patients.has(found.patient) })
  }
  return { cases, filteredOut }
}

/** So many of the scores, evenly drawn, tell their median to two places. */
const MEDIAN_SAMPLE = 4096
/** Of fewer the median is one of those that are listed. */
const FEWEST_FOR_CHANCE = 10

function sampleMedian(scores: Float32Array): number | null {
  if (scores.length < FEWEST_FOR_CHANCE) return null
  const step = Math.max(1, Math.floor(scores.length / MEDIAN_SAMPLE))
  const sample = Float32Array.from({ length: Math.floor(scores.length / step) }, (_, n) => scores[n * step])
  return sample.sort()[sample.length >> 1]
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
export async function rankLibrary(cases: CaseSource, embeddings: Embeddings, request: RankRequest): Promise<Ranking> {
  const scores = embeddings.score(request.query)
  for (let looked = FIRST_LOOK; ; looked *= 4) {
    const nearest = await nearestPlaces(embeddings, scores, request.query, looked)
    const ranked = nearest.map(({ place, cosine }) => ({ place, found: cases.get(place), cosine }))
    const { cases: distinct, filteredOut } = toDistinct(ranked, request)
    if (distinct.length < request.count && looked < scores.length) continue
    const answered = distinct.map(async ({ place, ...one }) => ({ ...one, embedding: await embeddings.row(place) }))
    return {
      cases: await Promise.all(answered),
      filteredOut,
      size: scores.length,
      chanceCosine: sampleMedian(scores),
    }
  }
}
