import type { Volume } from '../../volume/volume.ts'
import { type BodyMask, findCoarseBody } from './coarseBody.ts'
import { type LungMeasure, measureLungs } from './lungMeasure.ts'
import { findLungSpan, type Span } from './lungSpan.ts'

/** What a scan shows of a patient, whatever the model. */
export interface SeenBody {
  readonly lungs: LungMeasure
  readonly mask: BodyMask
  /** How high its lungs lie; null where it has none. */
  readonly lungSpan: Span | null
}

export function seeBody(volume: Volume): SeenBody {
  const body = findCoarseBody(volume)
  const { size, inside, originLpsMm, stepsLpsMm } = body
  return { lungs: measureLungs(body), mask: { size, inside, originLpsMm, stepsLpsMm }, lungSpan: findLungSpan(body) }
}
