import { ProblemError, toProblem } from '../base/result.ts'
import { heatPeakLpsMm, type TokenPlacement } from '../domain/grounding/heat.ts'
import { isBelowThreshold, toHeatStrength } from '../domain/grounding/heatStrength.ts'
import type { Vec3 } from '../domain/volume/volume.ts'
import type { CtEngine } from '../inference/engines.ts'
import type { PackSession } from '../session/packSession.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'
import type { SimilarQuery } from '../state/appState.ts'
import type { HeatOverlay, Viewer } from '../viewer/viewer.ts'
import { heatDirection, toEvidence } from './queryDirection.ts'

export interface ShowEvidenceDeps {
  readonly screen: Screen
  readonly viewer: Viewer
  readonly ctEngine: CtEngine
}

/** The encoder's grid has its slowest axis first, the viewer's its fastest: the same numbers, axes named in reverse. */
export function toOverlay(
  values: Float32Array,
  tokenGrid: Vec3,
  { originLpsMm, stepsLpsMm }: TokenPlacement,
): Pick<HeatOverlay, 'values' | 'tokenGrid' | 'originLpsMm' | 'stepsLpsMm'> {
  const [slow, middle, fast] = stepsLpsMm
  const [slowCount, middleCount, fastCount] = tokenGrid
  return { values, tokenGrid: [fastCount, middleCount, slowCount], originLpsMm, stepsLpsMm: [fast, middle, slow] }
}

/** Whether the study is the one in the views. */
const isShown = (screen: Screen, study: StudySession): boolean => screen.get().desk.readId === study.id

/** The worker keeps the tokens of a few studies alone. */
const isGone = (thrown: unknown): boolean => thrown instanceof ProblemError && thrown.problem.code === 'tokens-gone'

/** How heat is asked for. */
export interface HeatRequest {
  /** A person wants it although the model does not see the finding. */
  readonly isAsked?: boolean
  /** The views stay where they are. */
  readonly keepsPlace?: boolean
}

/** The scores do not apply to the scan and nobody has asked for what the model makes of it. */
export const isEvidenceClosed = ({ state: { findings } }: StudySession): boolean =>
  findings.outOfDistribution !== null && !findings.isEvidenceAsked

/**
 * Direction of a finding, an utterance or a typed sentence → exact heat over the study, as strong as the evidence, the crosshair
 * at its peak. Heat of a finding below its threshold is withheld until it is asked for, and of a scan that the scores do not apply to there is none.
 * `read-again`: the encoder no longer holds the scan, and has to read it before there is heat.
 */
export async function showEvidence(
  { screen, viewer, ctEngine }: ShowEvidenceDeps,
  pack: PackSession,
  study: StudySession,
  query: SimilarQuery,
  { isAsked = false, keepsPlace = false }: HeatRequest = {},
): Promise<'done' | 'read-again'> {
  const direction = heatDirection(pack, study, query)
  if (!study.seen || !direction) return 'done'
  if (isEvidenceClosed(study)) {
    clearEvidence({ screen, viewer }, study)
    return 'done'
  }
  const { placement } = study.seen
  const evidence = toEvidence(pack, study, query)
  const signal = study.evidence.begin(pack.signal, study.signal)
  try {
    // Heat on screen is never under the name of another: until the answer comes there is none.
    study.heat = null
    const isWithheld = !isAsked && isBelowThreshold(evidence)
    study.showHeat(isWithheld ? null : query, { query, evidence, isWithheld, peakLpsMm: null })
    if (isShown(screen, study)) viewer.setHeat(null, 0)
    if (isWithheld) return 'done'
    const values = await ctEngine.heat(study.id, direction)
    if (signal.aborted) return 'done'
    const { tokenGrid } = pack.pack.manifest.ct
    const doScoresApply = study.state.findings.outOfDistribution === null
    const look = { strength: toHeatStrength(evidence, doScoresApply), body: study.body?.mask ?? null }
    study.heat = { ...toOverlay(values, tokenGrid, placement), ...look }
    const peakLpsMm = heatPeakLpsMm(values, tokenGrid, placement, look.body)
    study.showHeat(query, { query, evidence, isWithheld: false, peakLpsMm })
    if (!isShown(screen, study)) return 'done'
    viewer.setHeat(study.heat, screen.get().view.heatOpacity)
    if (!keepsPlace) viewer.setCrosshair(peakLpsMm)
  } catch (thrown) {
    if (signal.aborted) return 'done'
    study.heat = null
    study.showHeat(null)
    if (isGone(thrown)) return 'read-again'
    screen.notify(toProblem(thrown, 'heat-failed', 'Select the finding again.'), 'warning')
  }
  return 'done'
}

/** Takes the heat off the study. */
export function clearEvidence({ screen, viewer }: Pick<ShowEvidenceDeps, 'screen' | 'viewer'>, study: StudySession) {
  study.evidence.end()
  study.heat = null
  study.showHeat(null)
  if (isShown(screen, study)) viewer.setHeat(null, 0)
}
