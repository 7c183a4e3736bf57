import { toProblem } from '../base/result.ts'
import { toSliceNumber, toSliceStacks } from '../domain/geometry/sliceStack.ts'
import { heatPeakLpsMm } from '../domain/grounding/heat.ts'
import type { Vec3, Volume } from '../domain/volume/volume.ts'
import type { Desk } from '../session/desk.ts'
import type { PackSession } from '../session/packSession.ts'
import type { StudySession } from '../session/studySession.ts'
import type { MatchPlace } from '../state/appState.ts'
import type { Viewer } from '../viewer/viewer.ts'
import { queryEmbedding } from './queryDirection.ts'
import { type ReadVolumeDeps, readVolume } from './readVolume.ts'

export interface ShowMatchDeps extends ReadVolumeDeps {
  readonly viewer: Viewer
  readonly comparisonViewer: Viewer
}

/** The place as the axial view of a volume counts it. */
function toMatchPlace(volume: Volume, pointLpsMm: Vec3): MatchPlace {
  const { axial } = toSliceStacks(volume)
  return { pointLpsMm, sliceNumber: toSliceNumber(axial, pointLpsMm), sliceCount: axial.count }
}

/** Where a scan gives most to its cosine with a direction; null where it is not read or the encoder no longer holds it. */
async function findPeak(
  { ctEngine }: ShowMatchDeps,
  { pack }: PackSession,
  { id, seen, volume, body }: StudySession,
  direction: Float32Array,
): Promise<MatchPlace | null> {
  if (!seen || !volume) return null
  const values = await ctEngine.heat(id, direction)
  return toMatchPlace(volume, heatPeakLpsMm(values, pack.manifest.ct.tokenGrid, seen.placement, body?.mask ?? null))
}

/**
 * Why a case is listed: the slices on which it and the study are most alike. Of two scans, each by the embedding of the other;
 * of words, a finding or a place, both by that. The case is read first where it was not yet.
 */
export async function showMatch(
  deps: ShowMatchDeps,
  desk: Desk,
  pack: PackSession,
  signal: AbortSignal,
): Promise<void> {
  const { read: study, beside } = desk
  const caseId = deps.screen.get().desk.comparisonCaseId
  const own = caseId === null ? undefined : pack.foundEmbeddings.get(caseId)
  if (!study || !beside || caseId === null || !own) return
  const { query } = study.state.similar
  const direction = queryEmbedding(pack, study, query)
  try {
    if (beside.seen?.by !== pack && !(await readVolume(deps, pack, beside))) return
    if (signal.aborted || !direction) return
    const here = await findPeak(deps, pack, study, query.kind === 'ct' ? own : direction)
    const there = await findPeak(deps, pack, beside, direction)
    if (signal.aborted || desk.beside !== beside || desk.read !== study || !here || !there) return
    const places =
      query.kind === 'place' ? { here: toMatchPlace(study.volume!, query.pointLpsMm), there } : { here, there }
    study.show('similar', { match: { caseId, ...places } })
    deps.viewer.setCrosshair(places.here.pointLpsMm)
    deps.comparisonViewer.setCrosshair(places.there.pointLpsMm)
  } catch (thrown) {
    if (signal.aborted) return
    const nextStep = 'Open the study and the case again, then ask once more.'
    deps.screen.notify(toProblem(thrown, 'match-failed', nextStep), 'warning')
  }
}
