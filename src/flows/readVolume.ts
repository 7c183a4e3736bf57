import { type Problem, toProblem } from '../base/result.ts'
import type { SeenBody } from '../domain/ct/chestRegion/seenBody.ts'
import type { CtInputSpec } from '../domain/ct/ctInputSpec.ts'
import { AIR_ONLY, describeFilling, whyUnscored } from '../domain/ct/scorable.ts'
import type { CtInput } from '../domain/ct/toCtInput.ts'
import { findForeignReasons } from '../domain/findings/foreignness.ts'
import { toTokenPlacement } from '../domain/grounding/heat.ts'
import type { Volume } from '../domain/volume/volume.ts'
import type { CtEngine, ReportProgress } from '../inference/engines.ts'
import type { PackSession } from '../session/packSession.ts'
import type { Screen } from '../session/screen.ts'
import { type StudySession, toSeenStudy } from '../session/studySession.ts'
import { NOT_READ, refreshPanel } from './panel.ts'
import { toSeen } from './queryDirection.ts'
import { createRemainingTime } from './remainingTime.ts'

export interface ReadVolumeDeps {
  readonly screen: Screen
  readonly ctEngine: CtEngine
  /** Preprocessing in a worker, as the manifest says. */
  /** Where the patient is, and how much lung, in a worker. */
  seeBody(volume: Volume, signal: AbortSignal): Promise<SeenBody>
  toCtInput(volume: Volume, spec: CtInputSpec, signal: AbortSignal, onProgress: ReportProgress): Promise<CtInput>
}

/**
 * The input for the encoder, which takes the array away: the one at hand first, made anew where a worker died with it.
 */
function toInputSource(input: CtInput, makeAgain: () => Promise<CtInput>) {
  let atHand: Float32Array | null = input.data
  return async (): Promise<Float32Array> => {
    const data = atHand ?? (await makeAgain()).data
    atHand = null
    return data
  }
}

/** Shows how far the encoder is and how long it will take, as long as the study is wanted. */
function toProgressReport(study: StudySession, signal: AbortSignal) {
  const estimate = createRemainingTime()
  return (label: string, fraction: number | null) => {
    const remainingMs = estimate(label, fraction, performance.now())
    if (!signal.aborted) study.show('findings', { progress: { label, fraction, remainingMs } })
  }
}

/** The panels say why there are neither scores nor cases like it, and what to do. */
function leaveUnscored(screen: Screen, study: StudySession, problem: Problem): false {
  study.show('findings', { ...NOT_READ, phase: 'unscored', problem })
  refreshPanel(screen, study)
  const { query } = study.state.similar
  if (query.kind === 'ct') study.show('similar', { query, cases: [], isSearching: false, problem })
  return false
}

/** False where it came too late or there was nothing to read. */
async function encode(deps: ReadVolumeDeps, by: PackSession, study: StudySession, volume: Volume, signal: AbortSignal) {
  const { pack } = by
  const { ct } = pack.manifest
  const startedAt = performance.now()
  const report = toProgressReport(study, signal)
  study.body ??= await deps.seeBody(volume, signal)
  if (signal.aborted) return false
  const makeInput = () => deps.toCtInput(volume, ct.input, signal, report)
  const input = await makeInput()
  const preprocessMs = performance.now() - startedAt
  if (signal.aborted) return false
  if (input.isEmpty) return leaveUnscored(deps.screen, study, AIR_ONLY)
  study.show('findings', { preprocessMs, progress: { label: 'Encoding the scan', fraction: null } })
  const encoded = await deps.ctEngine.encode(volume.id, toInputSource(input, makeInput), signal, report)
  if (signal.aborted) return false
  const { lungs } = study.body
  const isPhantom = study.state.study.format === 'phantom'
  const placement = toTokenPlacement(input, input.shape, ct.tokenGrid)
  const { embedding } = encoded
  study.seen = toSeenStudy({ by, placement, embedding, findings: toSeen(pack, embedding) })
  study.show('findings', {
    phase: 'ready',
    progress: null,
    encodeMs: encoded.encodeMs,
    outOfDistribution: findForeignReasons(pack.guard, { isPhantom, lungs, ...encoded }),
  })
  return true
}

/**
 * Volume → CtInput → tokens → embedding → what is seen, in the session of the study. True once it is there; false when
 * it failed or must not be scored, which the panel says, or came too late.
 */
export async function readVolume(deps: ReadVolumeDeps, pack: PackSession, study: StudySession): Promise<boolean> {
  const { volume } = study
  if (!volume) return false
  const signal = study.encoding.begin(pack.signal, study.signal)
  study.seen = null
  const unscored = whyUnscored(volume)
  if (unscored) return leaveUnscored(deps.screen, study, unscored)
  study.show('findings', {
    phase: 'working',
    problem: null,
    outOfDistribution: null,
    isEvidenceAsked: false,
    progress: { label: 'Preparing the scan for the model', fraction: null },
  })
  const filling = describeFilling(volume, study.state.study.title)
  if (filling) deps.screen.notify(filling, 'warning')
  try {
    return await encode(deps, pack, study, volume, signal)
  } catch (thrown) {
    if (signal.aborted) return false
    const nextStep = 'Choose another provider on the model page, or load the models again.'
    const problem = toProblem(thrown, 'ct-encoder', nextStep)
    study.show('findings', { phase: 'failed', progress: null, problem })
    deps.screen.notify(problem)
    return false
  }
}
