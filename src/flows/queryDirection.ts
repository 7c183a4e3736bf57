import { classifierDirection, toClassifiedFindings } from '../domain/findings/classifier.ts'
import type { FindingId } from '../domain/findings/finding.ts'
import { findingDirection } from '../domain/findings/prompts.ts'
import { type SeenFinding, toSeenFindings } from '../domain/findings/seen.ts'
import type { SimilarQuery } from '../state/appState.ts'
import type { Heavy } from './heavy.ts'
import type { LoadedPack } from './loadedPack.ts'
import type { Screen } from './screen.ts'

/** The reading of the study on screen, or null while there is none. */
const currentReading = (heavy: Heavy, screen: Screen) => {
  const studyId = screen.get().study.current?.id
  return (studyId !== undefined && heavy.readings.get(studyId)) || null
}

/** Where a finding stands in the pack's arrays, or null where the pack does not have it: another one's may have been said. */
function rowOf({ manifest }: LoadedPack, findingId: FindingId): number | null {
  const row = manifest.findings.findIndex(({ id }) => id === findingId)
  return row < 0 ? null : row
}

/** The embedding that a query stands for, or null when it does not exist (any more). */
export function queryEmbedding(
  pack: LoadedPack,
  heavy: Heavy,
  screen: Screen,
  query: SimilarQuery,
): Float32Array | null {
  switch (query.kind) {
    case 'ct':
      return currentReading(heavy, screen)?.embedding ?? null
    case 'utterance':
      return heavy.utteranceEmbeddings.get(query.utteranceId) ?? null
    case 'text':
      return heavy.textEmbeddings.get(query.text) ?? null
    case 'finding': {
      const row = rowOf(pack, query.findingId)
      return row === null ? null : findingDirection(pack.prompts, row, pack.manifest.promptKind.ct)
    }
  }
}

/** The direction whose heat shows why: that of what scored a finding, which may be a classifier, else the query's own. */
export function heatDirection(
  pack: LoadedPack,
  heavy: Heavy,
  screen: Screen,
  query: SimilarQuery,
): Float32Array | null {
  const reading = currentReading(heavy, screen)
  const row = query.kind === 'finding' ? rowOf(pack, query.findingId) : null
  if (row !== null && pack.classifier && reading) return classifierDirection(pack.classifier, row, reading.embedding)
  return queryEmbedding(pack, heavy, screen, query)
}

/** What the pack sees in a CT embedding: by its classifier where it has one, else zero-shot by its prompts. */
export function toSeen({ classifier, prompts, manifest }: LoadedPack, embedding: Float32Array): SeenFinding[] {
  if (classifier) return toClassifiedFindings(embedding, classifier, manifest.findings)
  return toSeenFindings(embedding, prompts, manifest.findings, {
    logitScale: manifest.embedding.logitScale,
    kind: manifest.promptKind.ct,
  })
}
