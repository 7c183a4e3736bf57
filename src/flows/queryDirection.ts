import { FINDING_IDS } from '../../phantom/findings/ctRateFindings.ts'
import { classifierDirection, toClassifiedFindings } from '../domain/findings/classifier.ts'
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
    case 'finding':
      return findingDirection(pack.prompts, FINDING_IDS.indexOf(query.findingId), pack.manifest.promptKind.ct)
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
  if (query.kind === 'finding' && pack.classifier && reading)
    return classifierDirection(pack.classifier, FINDING_IDS.indexOf(query.findingId), reading.embedding)
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
