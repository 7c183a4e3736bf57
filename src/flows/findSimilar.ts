import { type Problem, toProblem } from '../base/result.ts'
import { labelOf } from '../domain/findings/finding.ts'
import { LEAST_TO_FIT } from '../domain/findings/taught/readOut.ts'
import type { LibraryCase } from '../domain/model/manifest.ts'
import type { OwnScan, RankedCase } from '../domain/retrieval/rankLibrary.ts'
import type { PackSession } from '../session/packSession.ts'
import type { StudySession } from '../session/studySession.ts'
import type { SimilarCase, SimilarQuery } from '../state/appState.ts'
import { toUtteranceLabel } from './panel.ts'
import { queryEmbedding } from './queryDirection.ts'
import { isEvidenceClosed } from './showEvidence.ts'

/** How many cases the panel lists. */
const SHOWN_CASES = 12

function toQueryLabel({ pack, own }: PackSession, study: StudySession, query: SimilarQuery): string {
  if (query.kind === 'ct') return 'this CT'
  if (query.kind === 'text') return `“${query.text}”`
  const names = [...pack.manifest.findings, ...own.map(({ finding }) => finding)]
  if (query.kind === 'finding') return labelOf(names, query.findingId)
  const statedBy = query.kind === 'statement' ? labelOf(names, query.findingId) : null
  if (statedBy) return `${statedBy}, as it was said`
  return toUtteranceLabel(study.state.dictation.utterances.find((one) => one.id === query.utteranceId))
}

/** A scan that must not be scored has no likeness either. */
const toUnscored = ({ state: { findings } }: StudySession, query: SimilarQuery): Problem | null =>
  query.kind === 'ct' && findings.phase === 'unscored' ? findings.problem : null

const tooFewExamples = (label: string): Problem => ({
  code: 'too-few-examples',
  message: `${label} has too few examples to search by.`,
  nextStep: `Mark ${LEAST_TO_FIT} scans that show it and ${LEAST_TO_FIT} that do not.`,
})
/** Nor has one that the scores do not apply to, until a person asks for what the model makes of it. */
const toForeign = (study: StudySession, query: SimilarQuery): Problem | null =>
  query.kind === 'ct' && study.seen && isEvidenceClosed(study) ? FOREIGN_SCAN : null

const FOREIGN_SCAN: Problem = {
  code: 'foreign-scan',
  message: 'No case is listed as similar to this scan: the model’s likeness does not apply to it.',
  nextStep: 'Choose a finding, dictate or type to search the library by words.',
}

/** A finding that was said with another pack has no direction in this one. */
function toUnknownFinding(session: PackSession, query: SimilarQuery, queryLabel: string): Problem | null {
  const { pack } = session
  if (query.kind !== 'finding') return null
  if (session.findOwn(query.findingId)) return tooFewExamples(queryLabel)
  if (pack.manifest.findings.some(({ id }) => id === query.findingId)) return null
  return {
    code: 'finding-not-in-pack',
    message: `${queryLabel} is not among the findings of this model.`,
    nextStep: 'Choose the model that it was said with, or another finding.',
  }
}

/** A sentence that names none of the pack's findings is alike to no case: the nearest ones would be so by chance. */
function toNothingAlike({ pack, textEmbeddings }: PackSession, query: SimilarQuery): Problem | null {
  if (query.kind !== 'text' || !textEmbeddings.has(query.text)) return null
  const { findings, text } = pack.manifest
  const example = text ? `, as in “${text.parity.text}”` : ''
  return {
    code: 'nothing-alike',
    message: `Nothing alike: “${query.text}” says nothing of what this model looks for.`,
    nextStep: `Name one of its ${findings.length} findings${example}`,
  }
}

/** How the library may know the study, where the study is what is searched by. */
function toOwn({ state: { study } }: StudySession, query: SimilarQuery): OwnScan | null {
  if (query.kind !== 'ct') return null
  return { id: study.id, fileName: study.format === 'nifti' ? study.title : null }
}

/** Whether the app can open a case, and where a case lies that it cannot. */
function toOpening({ open }: LibraryCase, { pack }: PackSession): Pick<SimilarCase, 'canOpen' | 'path'> {
  if (open?.kind !== 'file') return { canOpen: open !== undefined, path: null }
  return { canOpen: pack.manifest.library.volumesUrl !== undefined, path: open.path }
}

const toSimilarCase = (pack: PackSession, { found, cosine }: RankedCase): SimilarCase => ({
  id: found.id,
  title: found.title,
  cosine,
  labels: found.labels
    ? pack.pack.manifest.findings.flatMap(({ id }, n) => (found.labels?.[n] === 1 ? [id] : []))
    : null,
  ...toOpening(found, pack),
})

/**
 * Query → embedding → the library's cases by cosine, on the panel of the study. A query without an embedding empties the
 * list. An answer that comes when something else is asked for by now, or by another pack, is dropped.
 */
export async function findSimilar(pack: PackSession, study: StudySession, query: SimilarQuery): Promise<void> {
  const signal = study.search.begin(pack.signal, study.signal)
  const foreign = toForeign(study, query)
  const embedding = foreign ? null : queryEmbedding(pack, study, query)
  const queryLabel = toQueryLabel(pack, study, query)
  if (!embedding) {
    const problem =
      foreign ?? toUnscored(study, query) ?? toUnknownFinding(pack, query, queryLabel) ?? toNothingAlike(pack, query)
    return study.show('similar', { query, queryLabel, cases: [], isSearching: false, problem })
  }
  study.show('similar', { query, isSearching: true })
  try {
    const request = { query: embedding, count: SHOWN_CASES, own: toOwn(study, query) }
    const ranked = await pack.pack.library.rank(request)
    if (signal.aborted) return
    for (const { found } of ranked) pack.foundCases.set(found.id, found)
    const cases = ranked.map((one) => toSimilarCase(pack, one))
    // What was said may have been written down meanwhile.
    study.show('similar', { queryLabel: toQueryLabel(pack, study, query), cases, isSearching: false, problem: null })
  } catch (thrown) {
    if (signal.aborted) return
    const problem = toProblem(thrown, 'library-failed', 'Search once more, or load the models again.')
    study.show('similar', { queryLabel, cases: [], isSearching: false, problem })
  }
}
