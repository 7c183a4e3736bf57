import { ProblemError } from '../base/result.ts'
import { toParts } from '../domain/retrieval/query.ts'
import type { SpeechEngine } from '../inference/engines.ts'
import type { PackSession } from '../session/packSession.ts'
import type { StudySession } from '../session/studySession.ts'
import type { QuerySource, SimilarQuery } from '../state/appState.ts'
import { embedPlace, type PlaceDeps, toPlaceKey } from './placeEmbedding.ts'

export interface PrepareDeps extends PlaceDeps {
  readonly speechEngine: SpeechEngine
  /** The scan by the pack in use once more, where the encoder does not hold it any longer. */
  readAgain(study: StudySession): Promise<void>
}

const isGone = (thrown: unknown): boolean => thrown instanceof ProblemError && thrown.problem.code === 'tokens-gone'

/** What must be computed before the query has a direction: sentences that are not read yet, and places. */
export function toUnprepared(pack: PackSession, study: StudySession, query: SimilarQuery): QuerySource[] {
  const sources = toParts(query).map(({ source }) => source)
  return sources.filter(
    (source) =>
      (source.kind === 'text' && !pack.textEmbeddings.has(source.text)) ||
      (source.kind === 'place' && study.seen !== null && !study.seen.places.has(toPlaceKey(source.pointLpsMm))),
  )
}

async function prepare(
  deps: PrepareDeps,
  pack: PackSession,
  study: StudySession,
  source: QuerySource,
  signal: AbortSignal,
) {
  if (source.kind === 'text') {
    const embedding = await deps.speechEngine.encodeText(source.text)
    if (!pack.signal.aborted) pack.textEmbeddings.set(source.text, embedding)
    return
  }
  if (source.kind !== 'place') return
  const { pointLpsMm } = source
  try {
    await embedPlace(deps, pack, study, { pointLpsMm, signal })
  } catch (thrown) {
    if (!isGone(thrown)) throw thrown
    await deps.readAgain(study)
    await embedPlace(deps, pack, study, { pointLpsMm, signal })
  }
}

/** Makes the directions of sentences and places. Rejects with ProblemError, or with AbortError. */
export async function prepareQuery(
  deps: PrepareDeps,
  pack: PackSession,
  study: StudySession,
  query: SimilarQuery,
  signal: AbortSignal,
): Promise<void> {
  for (const source of toUnprepared(pack, study, query)) {
    await prepare(deps, pack, study, source, signal)
    signal.throwIfAborted()
  }
}
