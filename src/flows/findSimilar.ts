import { type Problem, toProblem } from '../base/result.ts'
import { labelOf } from '../domain/findings/finding.ts'
import { ownQuery } from '../domain/findings/taught/ownSeen.ts'
import { LEAST_TO_FIT } from '../domain/findings/taught/readOut.ts'
import { joinFacets } from '../domain/retrieval/caseFilter.ts'
import { type MergedRanking, mergeRankings } from '../domain/retrieval/mergeRankings.ts'
import { asksFor, toParts } from '../domain/retrieval/query.ts'
import type { RankRequest } from '../domain/retrieval/rankLibrary.ts'
import type { PackSession } from '../session/packSession.ts'
import type { StudySession } from '../session/studySession.ts'
import type { QuerySource, SimilarQuery } from '../state/appState.ts'
import { toRankRequest } from './caseRequest.ts'
import { whyNothingAlike, whyTooFar } from './nothingAlike.ts'
import { queryEmbedding } from './queryDirection.ts'
import { nameQuery } from './queryLabel.ts'
import { isEvidenceClosed } from './showEvidence.ts'
import { toSimilarCases } from './similarCase.ts'

export interface SearchOptions {
  /** The nearest cases are listed though nothing is alike. */
  readonly isDespite?: boolean
}

const isOfScan = ({ kind }: QuerySource): boolean => kind === 'ct' || kind === 'place'

/** A scan that must not be scored has no likeness either. */
const toUnscored = ({ state: { findings } }: StudySession, query: SimilarQuery): Problem | null =>
  findings.phase === 'unscored' && asksFor(query, isOfScan) ? findings.problem : null

const tooFewExamples = (label: string): Problem => ({
  code: 'too-few-examples',
  message: `${label} has too few examples to search by.`,
  nextStep: `Mark ${LEAST_TO_FIT} scans that show it and ${LEAST_TO_FIT} that do not.`,
})

/** Nor has one that the scores do not apply to, until a person asks for what the model makes of it. */
const toForeign = (study: StudySession, query: SimilarQuery): Problem | null =>
  study.seen && isEvidenceClosed(study) && asksFor(query, isOfScan) ? FOREIGN_SCAN : null

const FOREIGN_SCAN: Problem = {
  code: 'foreign-scan',
  message: 'No case is listed as similar to this scan: the model’s likeness does not apply to it.',
  nextStep: 'Choose a finding, dictate or type to search the library by words.',
}

/** A finding that was said with another pack has no direction in this one. */
function toUnknownFinding(session: PackSession, query: SimilarQuery): Problem | null {
  const { findings } = session.pack.manifest
  const asked = toParts(query).flatMap(({ source }) => (source.kind === 'finding' ? [source.findingId] : []))
  const untaught = asked.flatMap((id) => session.findOwn(id) ?? []).find((own) => !ownQuery(own))
  if (untaught) return tooFewExamples(untaught.finding.label)
  const unknown = asked.find((id) => !session.findOwn(id) && findings.every((finding) => finding.id !== id))
  if (unknown === undefined) return null
  return {
    code: 'finding-not-in-pack',
    message: `${labelOf(findings, unknown)} is not among the findings of this model.`,
    nextStep: 'Choose the model that it was said with, or another finding.',
  }
}

/** What is wanted and what is not are one and the same. */
function toCancelled(query: SimilarQuery): Problem | null {
  if (query.kind !== 'combined') return null
  return {
    code: 'query-incomplete',
    message: 'The parts of this query give nothing to search by: one is not read yet, or they cancel one another.',
    nextStep: 'Remove a part, or change its weight.',
  }
}

/** What all libraries answer to a request, and how near their cases lie to one another. */
async function askLibraries({ libraries }: PackSession, request: RankRequest) {
  const all = libraries.map(({ library }) => library)
  const answers = await Promise.all(all.map((library) => Promise.all([library.rank(request), library.traits()])))
  const [rankings, traits] = [answers.map(([ranking]) => ranking), answers.map(([, traits]) => traits)]
  const leasts = traits.flatMap(({ leastCosine }) => leastCosine ?? [])
  return {
    ranked: mergeRankings(rankings, request.count),
    facets: joinFacets(traits.map(({ facets }) => facets)),
    leastCosine: leasts.length > 0 ? Math.min(...leasts) : null,
  }
}

/** The cases are known from here on, so that one of them can be opened. */
function keepFound(pack: PackSession, { cases }: MergedRanking): void {
  for (const { found, embedding } of cases) {
    pack.foundCases.set(found.id, found)
    pack.foundEmbeddings.set(found.id, embedding)
  }
}

/**
 * Query → embedding → the libraries' cases by cosine, on the panel of the study. A query without an embedding, or to which
 * nothing is alike, empties the list and says why. An answer that comes when something else is asked for by now, or by another
 * pack, is dropped.
 */
export async function findSimilar(
  pack: PackSession,
  study: StudySession,
  query: SimilarQuery,
  { isDespite = false }: SearchOptions = {},
): Promise<void> {
  const signal = study.search.begin(pack.signal, study.signal)
  const embedding = queryEmbedding(pack, study, query)
  const queryLabel = nameQuery(pack, study, query)
  const none = { query, queryLabel, cases: [], filteredOut: 0, isSearching: false, isDespite: false }
  const mute = toForeign(study, query) ?? whyNothingAlike(pack, study, query)
  if (!embedding || mute) {
    const problem = mute ?? toUnscored(study, query) ?? toUnknownFinding(pack, query) ?? toCancelled(query)
    return study.show('similar', { ...none, problem })
  }
  study.show('similar', { query, isSearching: true, match: null })
  try {
    const request = toRankRequest(pack.pack, study, query, embedding)
    const { ranked, facets, leastCosine } = await askLibraries(pack, request)
    if (signal.aborted) return
    const { cases: nearest, size, filteredOut } = ranked
    const farthest = nearest[0]?.cosine
    const far = isDespite || farthest === undefined ? null : whyTooFar(query, farthest, leastCosine, size)
    if (far) return study.show('similar', { ...none, facets, librarySize: size, problem: far })
    keepFound(pack, ranked)
    study.show('similar', {
      // What was said may have been written down meanwhile.
      queryLabel: nameQuery(pack, study, query),
      cases: toSimilarCases(pack, study, query, nearest),
      librarySize: size,
      filteredOut,
      facets,
      isDespite,
      isSearching: false,
      problem: null,
    })
  } catch (thrown) {
    if (signal.aborted) return
    const problem = toProblem(thrown, 'library-failed', 'Search once more, or load the models again.')
    study.show('similar', { ...none, problem })
  }
}
