import type { FindingId } from '../domain/findings/finding.ts'
import type { CaseFilter } from '../domain/retrieval/caseFilter.ts'
import { asksFor, toParts } from '../domain/retrieval/query.ts'
import type { OwnScan, RankRequest } from '../domain/retrieval/rankLibrary.ts'
import type { LoadedPack } from '../session/loadedPack.ts'
import type { StudySession } from '../session/studySession.ts'
import type { SimilarFilter, SimilarQuery } from '../state/appState.ts'
import { toNamedFindings } from './namedFindings.ts'

/** How many cases the panel lists. */
const SHOWN_CASES = 12

/** How the library may know the study, where the study is what is searched by. */
function toOwn({ state: { study } }: StudySession, query: SimilarQuery): OwnScan | null {
  if (!asksFor(query, ({ kind }) => kind === 'ct' || kind === 'place')) return null
  return { id: study.id, fileName: study.format === 'nifti' ? study.title : null }
}

const toBounds = <T>(from: T | null, to: T | null) => (from === null && to === null ? null : { from, to })

/** What a person filters by, and what the query is to be without. */
function toCaseFilter(pack: LoadedPack, study: StudySession, query: SimilarQuery, filter: SimilarFilter): CaseFilter {
  const indexOf = (id: FindingId) => pack.manifest.findings.findIndex((finding) => finding.id === id)
  const toIndices = (ids: readonly FindingId[]) => [...new Set(ids)].map(indexOf).filter((n) => n >= 0)
  const excluded = toParts(query).filter(({ isWithout }) => isWithout)
  return {
    findings: toIndices(filter.findingIds),
    withoutFindings: toIndices(excluded.flatMap(({ source }) => toNamedFindings(pack, study, source))),
    sex: filter.sex,
    ageYears: toBounds(filter.ageFrom, filter.ageTo),
    date: toBounds(filter.dateFrom, filter.dateTo),
  }
}

/** A query of a study → what a library is asked. */
export const toRankRequest = (
  pack: LoadedPack,
  study: StudySession,
  query: SimilarQuery,
  embedding: Float32Array,
): RankRequest => ({
  query: embedding,
  count: SHOWN_CASES,
  own: toOwn(study, query),
  filter: toCaseFilter(pack, study, query, study.state.similar.filter),
})
