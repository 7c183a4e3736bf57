import type { FindingId } from '../findings/finding.ts'
import type { Vec3 } from '../volume/volume.ts'

/** One thing that cases may be alike to. */
export type QuerySource =
  | { readonly kind: 'ct' }
  | { readonly kind: 'utterance'; readonly utteranceId: string }
  /** All that was said about the study. */
  | { readonly kind: 'dictation' }
  /** One thing that an utterance states: its finding, in the words that state it. */
  | { readonly kind: 'statement'; readonly utteranceId: string; readonly findingId: FindingId }
  | { readonly kind: 'finding'; readonly findingId: FindingId }
  /** A typed sentence. */
  | { readonly kind: 'text'; readonly text: string }
  /** What lies at a place of the scan. */
  | { readonly kind: 'place'; readonly pointLpsMm: Vec3 }

export interface QueryPart {
  readonly source: QuerySource
  /** One of WEIGHTS. */
  readonly weight: number
  /** Cases unlike it. */
  readonly isWithout: boolean
}

/** What cases are searched by; parts are two or more, or one that is not simply asked for. */
export type SimilarQuery = QuerySource | { readonly kind: 'combined'; readonly parts: readonly QueryPart[] }

/** Weights to choose from, rising. */
export const WEIGHTS = [0.25, 0.5, 1, 2, 4] as const

export const toParts = (query: SimilarQuery): readonly QueryPart[] =>
  query.kind === 'combined' ? query.parts : [{ source: query, weight: 1, isWithout: false }]

/** The plainest query of the parts; without any it is by the scan. */
export function toQuery(parts: readonly QueryPart[]): SimilarQuery {
  const [first] = parts
  if (!first) return { kind: 'ct' }
  const isPlain = parts.length === 1 && !first.isWithout
  return isPlain ? first.source : { kind: 'combined', parts }
}

/** Sources are small, and their fields stand in one order. */
const toKey = (source: QuerySource): string => JSON.stringify(Object.entries(source).sort())
const isSameSource = (a: QuerySource, b: QuerySource): boolean => toKey(a) === toKey(b)

/** The query with one more part; a part of the same source is replaced where it stands. */
export function addPart(query: SimilarQuery, source: QuerySource, isWithout = false): SimilarQuery {
  const parts = toParts(query)
  const at = parts.findIndex((part) => isSameSource(part.source, source))
  const part = { source, weight: at < 0 ? 1 : parts[at].weight, isWithout }
  return toQuery(at < 0 ? [...parts, part] : parts.with(at, part))
}

export const changePart = (query: SimilarQuery, at: number, change: Partial<Omit<QueryPart, 'source'>>): SimilarQuery =>
  toQuery(toParts(query).map((part, n) => (n === at ? { ...part, ...change } : part)))

export const removePart = (query: SimilarQuery, at: number): SimilarQuery =>
  toQuery(toParts(query).filter((_, n) => n !== at))

/** Whether the query asks for what the predicate tells, and not for its absence. */
export const asksFor = (query: SimilarQuery, is: (source: QuerySource) => boolean): boolean =>
  toParts(query).some(({ source, isWithout }) => !isWithout && is(source))
