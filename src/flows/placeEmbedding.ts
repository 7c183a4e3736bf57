import { ProblemError } from '../base/result.ts'
import { type TokenShares, toAxes, toNeighbours, toPlaceDirection, toTokenAt } from '../domain/grounding/tokenShares.ts'
import type { Vec3 } from '../domain/volume/volume.ts'
import type { CtEngine } from '../inference/engines.ts'
import type { PackSession } from '../session/packSession.ts'
import type { StudySession } from '../session/studySession.ts'

export interface PlaceDeps {
  readonly ctEngine: CtEngine
}

/** Axes whose heat is asked for at once: between two runs another question is heard. */
const AXES_A_RUN = 32
/** Tokens around the one that was clicked: a lesion lies across their borders (`npm run measure:place`). */
const REACH = 1

export const toPlaceKey = (pointLpsMm: Vec3): string => pointLpsMm.map((mm) => mm.toFixed(1)).join(' ')

const outside = () =>
  new ProblemError({
    code: 'place-outside',
    message: 'The place lies outside what the model looks at.',
    nextStep: 'Click a place within the chest.',
  })

const featureless = () =>
  new ProblemError({
    code: 'place-featureless',
    message: 'The model sees nothing at this place that it does not see everywhere.',
    nextStep: 'Click the middle of the lesion.',
  })

async function readShares(
  { ctEngine }: PlaceDeps,
  { pack }: PackSession,
  study: StudySession,
  signal: AbortSignal,
): Promise<TokenShares> {
  const { dimension } = pack.manifest.embedding
  const { tokenGrid: grid } = pack.manifest.ct
  const tokens = grid[0] * grid[1] * grid[2]
  const values = new Float32Array(dimension * tokens)
  for (let from = 0; from < dimension; from += AXES_A_RUN) {
    const count = Math.min(AXES_A_RUN, dimension - from)
    values.set(await ctEngine.heat(study.id, toAxes(from, count, dimension)), from * tokens)
    signal.throwIfAborted()
  }
  return { values, dimension, grid }
}

/**
 * A place of the scan → its direction in the common space, kept with what was seen: what the tokens around it give to the
 * embedding beyond the mean token. Rejects with ProblemError `place-outside`, `place-featureless`, `tokens-gone`.
 */
export async function embedPlace(
  deps: PlaceDeps,
  pack: PackSession,
  study: StudySession,
  { pointLpsMm, signal }: { readonly pointLpsMm: Vec3; readonly signal: AbortSignal },
): Promise<void> {
  const { seen } = study
  const key = toPlaceKey(pointLpsMm)
  if (!seen || seen.places.has(key)) return
  const token = toTokenAt(pointLpsMm, seen.placement, pack.pack.manifest.ct.tokenGrid)
  if (!token) throw outside()
  seen.shares ??= await readShares(deps, pack, study, signal)
  const direction = toPlaceDirection(seen.shares, toNeighbours(token, seen.shares.grid, REACH))
  if (!direction) throw featureless()
  seen.places.set(key, direction)
}
