import { toProblem } from '../base/result.ts'
import { heatPeakLpsMm } from '../domain/grounding/heat.ts'
import { isBelowThreshold, toHeatStrength } from '../domain/grounding/heatStrength.ts'
import type { Desk } from '../session/desk.ts'
import type { PackSession } from '../session/packSession.ts'
import type { StudySession } from '../session/studySession.ts'
import type { HeatOverlay, Viewer } from '../viewer/viewer.ts'
import { heatDirection, queryEmbedding, toEvidence } from './queryDirection.ts'
import { type ReadVolumeDeps, readVolume } from './readVolume.ts'
import { isEvidenceClosed, toOverlay } from './showEvidence.ts'

export interface LightBesideDeps extends ReadVolumeDeps {
  readonly comparisonViewer: Viewer
}

/** What the case is shown by: what lights the study, in the case's own measure; else what the list was searched by. */
function toBesideDirection(pack: PackSession, study: StudySession, beside: StudySession): Float32Array | null {
  const { heat, similar } = study.state
  if (heat === null) return queryEmbedding(pack, study, similar.query)
  // A finding's direction may depend on the scan, what was said or typed does not.
  return heatDirection(pack, heat.kind === 'finding' ? beside : study, heat)
}

/** A second scan of such a model is too long to be read unasked. */
const SLOW_MS = 30_000
const isSlow = ({ state }: StudySession): boolean => (state.findings.encodeMs ?? 0) > SLOW_MS

/**
 * The case beside the study at its own peak of what lights the study, with the same heat over it; where nothing lights the study, at the
 * peak of what the case was found by, without heat. Gives the heat. The case is read first where it was not yet. Where scores do not apply to the
 * study, or to the case, there is neither.
 */
export async function lightBeside(
  deps: LightBesideDeps,
  desk: Desk,
  pack: PackSession,
  { signal, isOpened }: { readonly signal: AbortSignal; readonly isOpened: boolean },
): Promise<HeatOverlay | null> {
  const { read: study, beside } = desk
  const { comparisonViewer: viewer, screen, ctEngine } = deps
  // A prior is looked at for itself: what the model sees in the study being read is not put into it.
  if (!study || !beside || screen.get().desk.prior) return null
  viewer.setHeat(null, 0)
  // What nothing lights stays where the reader is, and what takes long is read when it is asked for (showMatch).
  if (isEvidenceClosed(study) || (!isOpened && !study.state.heat) || isSlow(study)) return null
  try {
    if (beside.seen?.by !== pack && !(await readVolume(deps, pack, beside))) return null
    const direction = toBesideDirection(pack, study, beside)
    if (signal.aborted || !direction || isEvidenceClosed(beside) || !beside.seen) return null
    const values = await ctEngine.heat(beside.id, direction)
    if (signal.aborted || desk.beside !== beside || desk.read !== study) return null
    const { heat } = study.state
    const { placement } = beside.seen
    const { tokenGrid } = pack.pack.manifest.ct
    viewer.setCrosshair(heatPeakLpsMm(values, tokenGrid, placement, beside.body?.mask ?? null))
    const evidence = heat && toEvidence(pack, beside, heat)
    if (!heat || isBelowThreshold(evidence)) return null
    const look = { strength: toHeatStrength(evidence, true), body: beside.body?.mask ?? null }
    const shown = { ...toOverlay(values, tokenGrid, placement), ...look }
    viewer.setHeat(shown, screen.get().view.heatOpacity)
    return shown
  } catch (thrown) {
    if (signal.aborted) return null
    screen.notify(toProblem(thrown, 'heat-failed', 'Open the case again.'), 'warning')
    return null
  }
}
