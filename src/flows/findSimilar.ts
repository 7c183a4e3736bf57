import { CT_RATE_FINDINGS, FINDING_IDS } from '../domain/findings/ctRateFindings.ts'
import { findingDirection } from '../domain/findings/prompts.ts'
import { rankCases } from '../domain/retrieval/rankCases.ts'
import type { SimilarCase, SimilarQuery } from '../state/appState.ts'
import type { Heavy } from './heavy.ts'
import type { LoadedPack } from './loadedPack.ts'
import type { Screen } from './screen.ts'

/** How many cases the panel lists. */
const SHOWN_CASES = 12

/** The embedding that a query stands for, or null when it does not exist (any more). */
export function queryEmbedding(
  pack: LoadedPack,
  heavy: Heavy,
  screen: Screen,
  query: SimilarQuery,
): Float32Array | null {
  switch (query.kind) {
    case 'ct': {
      const studyId = screen.get().study.current?.id
      return (studyId !== undefined && heavy.readings.get(studyId)?.embedding) || null
    }
    case 'utterance':
      return heavy.utteranceEmbeddings.get(query.utteranceId) ?? null
    case 'finding':
      return findingDirection(pack.prompts, FINDING_IDS.indexOf(query.findingId), pack.manifest.promptKind.ct)
  }
}

function toQueryLabel(screen: Screen, query: SimilarQuery): string {
  if (query.kind === 'ct') return 'this CT'
  if (query.kind === 'finding') return CT_RATE_FINDINGS.find((finding) => finding.id === query.findingId)?.label ?? ''
  const transcript = screen.get().dictation.utterances.find((one) => one.id === query.utteranceId)?.transcript
  return transcript ? `“${transcript}”` : 'the utterance'
}

const toSimilarCase = (pack: LoadedPack, index: number, cosine: number): SimilarCase => {
  const { id, title, labels } = pack.manifest.library.cases[index]
  return { id, title, cosine, labels: FINDING_IDS.filter((_, finding) => labels[finding] === 1) }
}

/** Query → embedding → the library's cases by cosine, on the panel. A query without an embedding empties the list. */
export function findSimilar(pack: LoadedPack, heavy: Heavy, screen: Screen, query: SimilarQuery): void {
  const embedding = queryEmbedding(pack, heavy, screen, query)
  const ranked = embedding ? rankCases(embedding, pack.library, SHOWN_CASES) : []
  screen.patch('similar', {
    query,
    queryLabel: toQueryLabel(screen, query),
    cases: ranked.map(({ index, cosine }) => toSimilarCase(pack, index, cosine)),
  })
}
