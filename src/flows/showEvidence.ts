import { toProblem } from '../base/result.ts'
import { heatPeakLpsMm, type TokenPlacement } from '../domain/grounding/heat.ts'
import type { Vec3 } from '../domain/volume/volume.ts'
import type { CtEngine } from '../inference/engines.ts'
import type { SimilarQuery } from '../state/appState.ts'
import type { HeatOverlay, Viewer } from '../viewer/viewer.ts'
import type { Heavy } from './heavy.ts'
import type { LoadedPack } from './loadedPack.ts'
import { heatDirection } from './queryDirection.ts'
import type { Screen } from './screen.ts'

export interface ShowEvidenceDeps {
  readonly screen: Screen
  readonly heavy: Heavy
  readonly viewer: Viewer
  readonly ctEngine: CtEngine
}

/** The encoder's grid has its slowest axis first, the viewer's its fastest: the same numbers, axes named in reverse. */
export function toOverlay(
  values: Float32Array,
  tokenGrid: Vec3,
  { originLpsMm, stepsLpsMm }: TokenPlacement,
): HeatOverlay {
  const [slow, middle, fast] = stepsLpsMm
  const [slowCount, middleCount, fastCount] = tokenGrid
  return { values, tokenGrid: [fastCount, middleCount, slowCount], originLpsMm, stepsLpsMm: [fast, middle, slow] }
}

/**
 * Direction of a finding, an utterance or a typed sentence → exact heat over the current scan, the crosshair at its peak.
 * Gives what is on screen now, or null when nothing new was laid over the views.
 */
export async function showEvidence(
  deps: ShowEvidenceDeps,
  pack: LoadedPack,
  query: SimilarQuery,
): Promise<HeatOverlay | null> {
  const { screen, heavy, viewer, ctEngine } = deps
  const studyId = screen.get().study.current?.id
  const reading = studyId === undefined ? undefined : heavy.readings.get(studyId)
  const direction = heatDirection(pack, heavy, screen, query)
  if (studyId === undefined || !reading || !direction) return null
  const isWanted = () => screen.get().study.current?.id === studyId && screen.get().view.heat === query
  try {
    screen.patch('view', { heat: query })
    const values = await ctEngine.heat(studyId, direction)
    if (!isWanted()) return null
    const { tokenGrid } = pack.manifest.ct
    const peak = heatPeakLpsMm(values, tokenGrid, reading.placement)
    const overlay = toOverlay(values, tokenGrid, reading.placement)
    viewer.setHeat(overlay, screen.get().view.heatOpacity)
    viewer.setCrosshair(peak)
    screen.patch('view', { crosshairLpsMm: peak })
    return overlay
  } catch (thrown) {
    if (!isWanted()) return null
    screen.patch('view', { heat: null })
    screen.notify(toProblem(thrown, 'heat-failed', 'Select the finding again.'), 'warning')
    return null
  }
}

/** Takes the heat off the views. */
export function clearEvidence({ screen, viewer }: Pick<ShowEvidenceDeps, 'screen' | 'viewer'>): void {
  viewer.setHeat(null, 0)
  screen.patch('view', { heat: null })
}
