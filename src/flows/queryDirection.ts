import { classifierDirection, toClassifiedFindings } from '../domain/findings/classifier.ts'
import { findingDirection } from '../domain/findings/prompts.ts'
import { type SeenFinding, toSeenFindings } from '../domain/findings/seen.ts'
import type { LoadedPack } from '../session/loadedPack.ts'
import type { PackSession } from '../session/packSession.ts'
import type { StudySession } from '../session/studySession.ts'
import type { SimilarQuery } from '../state/appState.ts'

const toIndex = ({ manifest }: LoadedPack, findingId: string): number =>
  manifest.findings.findIndex(({ id }) => id === findingId)

/** The embedding that a query stands for, or null when it does not exist (any more). */
export function queryEmbedding(
  { pack, textEmbeddings }: PackSession,
  study: StudySession,
  query: SimilarQuery,
): Float32Array | null {
  switch (query.kind) {
    case 'ct':
      return study.seen?.embedding ?? null
    case 'utterance':
      return study.heard.get(query.utteranceId)?.embedding ?? null
    case 'text':
      return textEmbeddings.get(query.text) ?? null
    case 'finding': {
      const finding = toIndex(pack, query.findingId)
      return finding < 0 ? null : findingDirection(pack.prompts, finding, pack.manifest.promptKind.ct)
    }
  }
}

/** The direction whose heat shows why: that of what scored a finding, which may be a classifier, else the query's own. */
export function heatDirection(session: PackSession, study: StudySession, query: SimilarQuery): Float32Array | null {
  const { pack } = session
  const finding = query.kind === 'finding' ? toIndex(pack, query.findingId) : -1
  if (pack.classifier && study.seen && finding >= 0)
    return classifierDirection(pack.classifier, finding, study.seen.embedding)
  return queryEmbedding(session, study, query)
}

/** What the pack sees in a CT embedding: by its classifier where it has one, else zero-shot by its prompts. */
export function toSeen({ classifier, prompts, manifest }: LoadedPack, embedding: Float32Array): SeenFinding[] {
  if (classifier) return toClassifiedFindings(embedding, classifier, manifest.findings)
  return toSeenFindings(embedding, prompts, manifest.findings, {
    logitScale: manifest.embedding.logitScale,
    kind: manifest.promptKind.ct,
  })
}
