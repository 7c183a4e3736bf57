import { classifierDirection, toClassifiedFindings } from '../domain/findings/classifier.ts'
import { findingDirection } from '../domain/findings/prompts.ts'
import { type SeenFinding, toSeenFindings } from '../domain/findings/seen.ts'
import { type FittedFinding, ownDirection, ownQuery, toOwnSeen } from '../domain/findings/taught/ownSeen.ts'
import type { Evidence } from '../domain/grounding/heatStrength.ts'
import type { Statement } from '../domain/statements/statement.ts'
import type { LoadedPack } from '../session/loadedPack.ts'
import type { PackSession } from '../session/packSession.ts'
import type { StudySession } from '../session/studySession.ts'
import type { SimilarQuery } from '../state/appState.ts'

const toIndex = ({ manifest }: LoadedPack, findingId: string): number =>
  manifest.findings.findIndex(({ id }) => id === findingId)

/** Whether a typed sentence says nothing that the pack knows: its embedding would rank the cases by chance. */
export function saysNothing({ manifest: { text, findings }, saidScore }: LoadedPack, embedding: Float32Array): boolean {
  const least = text?.leastScore
  return least !== undefined && findings.every((_, n) => Math.abs(saidScore(embedding, n)) < least)
}

/** Unit embedding of a typed sentence; null where it is not read yet, or says nothing. */
function textEmbedding({ pack, textEmbeddings }: PackSession, text: string): Float32Array | null {
  const embedding = textEmbeddings.get(text)
  return embedding && !saysNothing(pack, embedding) ? embedding : null
}

/** The embedding that a query stands for, or null when it does not exist (any more). */
export function queryEmbedding(session: PackSession, study: StudySession, query: SimilarQuery): Float32Array | null {
  const { pack } = session
  switch (query.kind) {
    case 'ct':
      return study.seen?.embedding ?? null
    case 'utterance':
      return study.heard.get(query.utteranceId)?.embedding ?? null
    case 'statement':
      return toWindowEmbedding(study, query)
    case 'text':
      return textEmbedding(session, query.text)
    case 'finding': {
      const finding = toIndex(pack, query.findingId)
      const own = session.findOwn(query.findingId)
      if (own) return ownQuery(own)
      return finding < 0 ? null : findingDirection(pack.prompts, finding, pack.manifest.promptKind.ct)
    }
  }
}

type StatementQuery = Extract<SimilarQuery, { kind: 'statement' }>

const statementsOf = (study: StudySession, utteranceId: string): readonly Statement[] =>
  study.state.dictation.utterances.find(({ id }) => id === utteranceId)?.statements ?? []

/** Of the window in which it is stated; of the whole utterance where no reader knows when that was. */
function toWindowEmbedding(study: StudySession, { utteranceId, findingId }: StatementQuery): Float32Array | null {
  const heard = study.heard.get(utteranceId)
  const span = statementsOf(study, utteranceId).find((one) => one.findingId === findingId)?.span
  if (!heard || !span) return heard?.embedding ?? null
  const middle = (span.startSeconds + span.endSeconds) / 2
  const window = heard.windows.find((one) => one.span.startSeconds <= middle && middle <= one.span.endSeconds)
  return (window ?? heard).embedding
}

/** The finding that an utterance states most firmly: a mean of several findings lights up none of them. */
function toStatedFinding(study: StudySession, utteranceId: string): string | null {
  const present = statementsOf(study, utteranceId).filter(({ status }) => status === 'present')
  const [strongest] = [...present].sort((a, b) => (b.margin ?? 0) - (a.margin ?? 0))
  return strongest?.findingId ?? null
}

/** Of what the heat is: the finding that is asked for or stated; null where the query's own direction is shown. */
function toLitId(study: StudySession, query: SimilarQuery): string | null {
  if ('findingId' in query) return query.findingId
  return query.kind === 'utterance' ? toStatedFinding(study, query.utteranceId) : null
}

function toLitFinding({ pack }: PackSession, study: StudySession, query: SimilarQuery): number {
  const id = toLitId(study, query)
  return id === null ? -1 : toIndex(pack, id)
}

function toLitOwn(session: PackSession, study: StudySession, query: SimilarQuery): FittedFinding | undefined {
  const id = toLitId(study, query)
  return id === null ? undefined : session.findOwn(id)
}

/** The direction whose heat shows why: that of what scored the finding, which may be a classifier, else the query's own. */
export function heatDirection(session: PackSession, study: StudySession, query: SimilarQuery): Float32Array | null {
  const { pack } = session
  const own = toLitOwn(session, study, query)
  if (own) return ownDirection(own)
  const finding = toLitFinding(session, study, query)
  if (finding < 0) return queryEmbedding(session, study, query)
  if (pack.classifier && study.seen) return classifierDirection(pack.classifier, finding, study.seen.embedding)
  return findingDirection(pack.prompts, finding, pack.manifest.promptKind.ct)
}

/** The finding that a typed sentence says most clearly is there; −1 where it says none. */
function toTypedFinding({ pack, textEmbeddings }: PackSession, text: string): number {
  const embedding = textEmbeddings.get(text)
  if (!embedding) return -1
  const scores = pack.manifest.findings.map((_, n) => pack.saidScore(embedding, n))
  const best = scores.indexOf(Math.max(...scores))
  return best >= 0 && scores[best] >= pack.manifest.findings[best].thresholds.speech.present ? best : -1
}

/** How sure the model is of what the heat of a query shows; null where no finding stands behind it. */
export function toEvidence(session: PackSession, study: StudySession, query: SimilarQuery): Evidence | null {
  const own = toLitOwn(session, study, query)
  const scale = session.pack.manifest.embedding.logitScale
  const ownSeen = own && study.seen ? toOwnSeen(own, study.seen.embedding, scale) : null
  if (ownSeen) return { probability: ownSeen.probability, threshold: ownSeen.threshold }
  const finding = query.kind === 'text' ? toTypedFinding(session, query.text) : toLitFinding(session, study, query)
  const seen = finding < 0 ? undefined : study.seen?.findings[finding]
  return seen ? { probability: seen.probability, threshold: seen.threshold } : null
}

/** What the pack sees in a CT embedding: by its classifier where it has one, else zero-shot by its prompts. */
export function toSeen({ classifier, prompts, manifest }: LoadedPack, embedding: Float32Array): SeenFinding[] {
  if (classifier) return toClassifiedFindings(embedding, classifier, manifest.findings)
  return toSeenFindings(embedding, prompts, manifest.findings, {
    logitScale: manifest.embedding.logitScale,
    kind: manifest.promptKind.ct,
  })
}
