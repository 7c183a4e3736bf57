import { type Problem, toProblem } from '../base/result.ts'
import type { StudyPlace } from '../domain/study/openStudy.ts'
import type { PackSession } from '../session/packSession.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'
import { embedPlace, type PlaceDeps, toPlaceKey } from './placeEmbedding.ts'

export interface MarkPlaceDeps extends PlaceDeps {
  readonly screen: Screen
  /** View, slice and crosshair now. */
  currentPlace(): StudyPlace | null
}

const NO_PLACE: Problem = {
  code: 'no-place-to-mark',
  message: 'No place of this scan is marked: the crosshair lies in another one.',
  nextStep: 'Click the finding in a view of this scan, then mark it.',
}

/**
 * What lies at the crosshair of the scan that is read, as a unit direction of the embedding; null where there is none or it cannot
 * be had, which the reader is told.
 */
export async function markPlace(
  deps: MarkPlaceDeps,
  pack: PackSession,
  study: StudySession,
): Promise<Float32Array | null> {
  const place = deps.currentPlace()
  const { seen } = study
  if (!place || place.studyId || !seen) {
    deps.screen.notify(NO_PLACE, 'warning')
    return null
  }
  const signal = AbortSignal.any([pack.signal, study.signal])
  try {
    await embedPlace(deps, pack, study, { pointLpsMm: place.pointLpsMm, signal })
    return signal.aborted ? null : (seen.places.get(toPlaceKey(place.pointLpsMm)) ?? null)
  } catch (thrown) {
    if (!signal.aborted)
      deps.screen.notify(toProblem(thrown, 'place-failed', 'Click the finding once more.'), 'warning')
    return null
  }
}
