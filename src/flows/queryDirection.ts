import { classifierDirection, toClassifiedFindings } from '../domain/findings/classifier.ts'
import type { FindingId } from '../domain/findings/finding.ts'
import { findingDirection } from '../domain/findings/prompts.ts'
import { type SeenFinding, toSeenFindings } from '../domain/findings/seen.ts'
import { type FittedFinding, ownDirection, ownQuery, toOwnSeen } from '../domain/findings/taught/ownSeen.ts'
import type { Evidence } from '../domain/grounding/heatStrength.ts'
import { combineDirections, type WeightedDirection } from '../domain/retrieval/combineDirections.ts'
import type { Statement } from '../domain/statements/statement.ts'
import type { LoadedPack } from '../session/loadedPack.ts'
import type { PackSession } from '../session/packSession.ts'
import type { StudySession } from '../session/studySession.ts'
import type { QueryPart, QuerySource, SimilarQuery, UtteranceItem } from '../state/appState.ts'
import { findAffirmed, toNamedFindings } from './namedFindings.ts'
import { toPlaceKey } from './placeEmbedding.ts'
import { isSilent, isSoundSilent, saysNothing } from './saysNothing.ts'

const toIndex = ({ manifest }: LoadedPack, findingId: string): number =>
  manifest.findings.findIndex(({ id }) => id === findingId)

/** The direction of one thing to search by; null where it does not exist (any more), or is not read yet. */
function sourceDirection(session: PackSession, study: StudySession, source: QuerySource): Float32Array | null {
  const { pack } = session
  if (saysNothing(session, study, source)) return null
  switch (source.kind) {
    case 'ct':
      return study.seen?.embedding ?? null
    case 'place':
      return study.seen?.places.get(toPlaceKey(source.pointLpsMm)) ?? null
    case 'utterance':
      return toUtteranceEmbedding(session, study, source)
    case 'dictation':
      return toDictationEmbedding(study)
    case 'statement':
      return toWindowEmbedding(study, source)
    case 'text':
      return toTypedEmbedding(session, study, source.text)
    case 'finding': {
      const finding = toIndex(pack, source.findingId)
      const own = session.findOwn(source.findingId)
      if (own) return ownQuery(own)
      return finding < 0 ? null : findingDirection(pack.prompts, finding, pack.manifest.promptKind.ct)
    }
  }
}

/** As it was heard; where only its words were understood, what they say is there. */
function toUtteranceEmbedding(session: PackSession, study: StudySession, source: UtteranceSource) {
  const heard = study.heard.get(source.utteranceId)?.embedding ?? null
  const isWritten = heard !== null && isSoundSilent(session, study, source.utteranceId)
  return (isWritten ? toNamedDirection(session, study, source) : null) ?? heard
}

/** As the text tower reads it; of words that say nothing to it, what findings they name. */
function toTypedEmbedding(session: PackSession, study: StudySession, text: string): Float32Array | null {
  const embedding = session.textEmbeddings.get(text)
  if (!embedding || !isSilent(session.pack, embedding)) return embedding ?? null
  return toFindingsDirection(session, study, findAffirmed(session.pack, text))
}

/** Of the findings that are named; null where none is. */
const toNamedDirection = (session: PackSession, study: StudySession, source: QuerySource): Float32Array | null =>
  toFindingsDirection(session, study, toNamedFindings(session.pack, study, source))

function toFindingsDirection(session: PackSession, study: StudySession, named: readonly FindingId[]) {
  const directions = named.flatMap((findingId) => sourceDirection(session, study, { kind: 'finding', findingId }) ?? [])
  return combineDirections(directions.map((direction) => ({ direction, weight: 1 })))
}

/** Mean of what states something; of all that was heard where nothing does. */
function toDictationEmbedding(study: StudySession): Float32Array | null {
  const { utterances } = study.state.dictation
  const heard = (items: readonly UtteranceItem[]) => items.flatMap(({ id }) => study.heard.get(id) ?? [])
  const stating = heard(utterances.filter(({ statements }) => statements.length > 0))
  const parts = stating.length > 0 ? stating : heard(utterances)
  return combineDirections(parts.map(({ embedding }) => ({ direction: embedding, weight: 1 })))
}

/**
 * What a part of a query adds. What is not wanted is taken by its findings, where it names any: a sentence says besides what
 * every sentence says, and that is not to be avoided.
 */
function partDirection(session: PackSession, study: StudySession, { source, isWithout }: QueryPart) {
  return (isWithout ? toNamedDirection(session, study, source) : null) ?? sourceDirection(session, study, source)
}

/** The unit embedding that a query stands for, or null when a part of it does not exist (any more). */
export function queryEmbedding(session: PackSession, study: StudySession, query: SimilarQuery): Float32Array | null {
  if (query.kind !== 'combined') return sourceDirection(session, study, query)
  const parts = query.parts.flatMap((part): WeightedDirection[] => {
    const direction = partDirection(session, study, part)
    return direction ? [{ direction, weight: part.isWithout ? -part.weight : part.weight }] : []
  })
  return parts.length === query.parts.length ? combineDirections(parts) : null
}

type UtteranceSource = Extract<QuerySource, { kind: 'utterance' }>
type StatementQuery = Extract<QuerySource, { kind: 'statement' }>

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
