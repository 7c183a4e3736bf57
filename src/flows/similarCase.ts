import type { FindingId } from '../domain/findings/finding.ts'
import type { LibraryCase } from '../domain/model/manifest.ts'
import type { MergedCase } from '../domain/retrieval/mergeRankings.ts'
import { toParts } from '../domain/retrieval/query.ts'
import { isListedRemote } from '../domain/retrieval/remote/remoteCase.ts'
import { excerptReport } from '../domain/retrieval/reportExcerpt.ts'
import type { LoadedPack } from '../session/loadedPack.ts'
import type { PackSession } from '../session/packSession.ts'
import type { StudySession } from '../session/studySession.ts'
import type { SimilarCase, SimilarQuery } from '../state/appState.ts'
import { findNamed, toNamedFindings } from './namedFindings.ts'
import { toOwnFields } from './ownCaseFields.ts'

/** Whether the app can open a case, and where a case lies that it cannot. */
function toOpening(found: LibraryCase, { manifest }: LoadedPack): Pick<SimilarCase, 'canOpen' | 'path'> {
  const { open } = found
  // Its files lie in its own archive, whatever folder the pack's lie in.
  if (isListedRemote(found) && open?.kind === 'file') return { canOpen: false, path: open.path }
  if (open?.kind !== 'file') return { canOpen: open !== undefined, path: null }
  return { canOpen: manifest.library.volumesUrl !== undefined, path: open.path }
}

/** What a library says of a case's findings, and of which it says nothing. */
function toLabels({ manifest }: LoadedPack, { labels }: LibraryCase): Pick<SimilarCase, 'labels' | 'unlabelled'> {
  const those = (value: number | null) => manifest.findings.flatMap(({ id }, n) => (labels?.[n] === value ? [id] : []))
  return labels ? { labels: those(1), unlabelled: those(null) } : { labels: null, unlabelled: [] }
}

/** What a report is looked through for: what is asked for, else what is seen or said of the study. */
function toTopics(pack: LoadedPack, study: StudySession, query: SimilarQuery): ReadonlySet<FindingId> {
  const asked = toParts(query).flatMap(({ source }) => toNamedFindings(pack, study, source))
  const atHand = study.state.findings.rows.filter(({ seen, said }) => seen === 'present' || said === 'present')
  return new Set(asked.length > 0 ? asked : atHand.map(({ id }) => id))
}

/** Cases as the list shows them, in its order. */
export function toSimilarCases(
  { pack }: PackSession,
  study: StudySession,
  query: SimilarQuery,
  cases: readonly MergedCase[],
): SimilarCase[] {
  const topics = toTopics(pack, study, query)
  const isAbout = (sentence: string) => findNamed(pack, sentence).some((id) => topics.has(id))
  return cases.map(({ found, cosine, chanceCosine, isOwnPatient }, rank): SimilarCase => {
    const { patient, report, sex, ageYears, date } = found
    const same = patient === undefined ? -1 : cases.findIndex((one) => one.found.patient === patient)
    return {
      id: found.id,
      title: found.title,
      cosine,
      chanceCosine,
      ...toLabels(pack, found),
      ...toOpening(found, pack),
      server: isListedRemote(found) ? found.server : null,
      isOwnPatient,
      samePatientAs: same >= 0 && same < rank ? same + 1 : null,
      sex: sex ?? null,
      ageYears: ageYears ?? null,
      date: date ?? null,
      seed: found.open?.kind === 'phantom' ? found.open.seed : null,
      reportExcerpt: report === undefined ? null : excerptReport(report, isAbout),
      ...toOwnFields(found),
    }
  })
}
