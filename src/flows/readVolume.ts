import { toProblem } from '../base/result.ts'
import type { CtInputSpec } from '../domain/ct/ctInputSpec.ts'
import { mahalanobisDistance } from '../domain/findings/outOfDistribution.ts'
import type { SeenFinding } from '../domain/findings/seen.ts'
import { toTokenPlacement } from '../domain/grounding/heat.ts'
import type { Vec3, Volume } from '../domain/volume/volume.ts'
import type { CtEngine, ReportProgress } from '../inference/engines.ts'
import type { Heavy } from './heavy.ts'
import type { LoadedPack } from './loadedPack.ts'
import { toSeen } from './queryDirection.ts'
import { createRemainingTime } from './remainingTime.ts'
import type { Screen } from './screen.ts'

/** The input of the CT encoder and where its voxels lie. */
export interface PlacedCtInput {
  readonly data: Float32Array
  readonly shape: Vec3
  readonly originLpsMm: Vec3
  readonly stepsLpsMm: readonly [Vec3, Vec3, Vec3]
}

export interface ReadVolumeDeps {
  readonly screen: Screen
  readonly heavy: Heavy
  readonly ctEngine: CtEngine
  /** Preprocessing in a worker, as the manifest says. */
  toCtInput(volume: Volume, spec: CtInputSpec, signal: AbortSignal, onProgress: ReportProgress): Promise<PlacedCtInput>
}

/**
 * The input for the encoder, which takes the array away: the one at hand first, made anew where a worker died with it.
 */
function toInputSource(input: PlacedCtInput, makeAgain: () => Promise<PlacedCtInput>) {
  let atHand: Float32Array | null = input.data
  return async (): Promise<Float32Array> => {
    const data = atHand ?? (await makeAgain()).data
    atHand = null
    return data
  }
}

/** Shows how far the encoder is and how long it will take, as long as the study is wanted. */
function toProgressReport(screen: Screen, isStillWanted: () => boolean) {
  const estimate = createRemainingTime()
  return (label: string, fraction: number | null) => {
    const remainingMs = estimate(label, fraction, performance.now())
    if (isStillWanted()) screen.patch('findings', { progress: { label, fraction, remainingMs } })
  }
}

/** A study or a pack that was left while the encoder ran must not fill the panel of the next one. */
const isWanted = (screen: Screen, volume: Volume, signal: AbortSignal): boolean =>
  !signal.aborted && screen.get().study.current?.id === volume.id

/** How foreign the scan is to the model, or null where the pack cannot tell or it is not. */
function toForeignness(pack: LoadedPack, tokenMean: Float32Array): { distance: number; limit: number } | null {
  if (!pack.distribution) return null
  const distance = mahalanobisDistance(tokenMean, pack.distribution)
  return distance > pack.distribution.limit ? { distance, limit: pack.distribution.limit } : null
}

/**
 * Volume → CtInput → tokens → embedding → what is seen. Null when it failed, which the panel says, and when it was
 * cancelled or came too late: then the screen belongs to what came after it.
 */
export async function readVolume(
  deps: ReadVolumeDeps,
  pack: LoadedPack,
  volume: Volume,
  signal: AbortSignal,
): Promise<SeenFinding[] | null> {
  const { screen, heavy, ctEngine } = deps
  const { ct } = pack.manifest
  screen.patch('findings', {
    phase: 'working',
    problem: null,
    outOfDistribution: null,
    progress: { label: 'Preparing the scan for the model', fraction: null },
  })
  try {
    const startedAt = performance.now()
    const report = toProgressReport(screen, () => isWanted(screen, volume, signal))
    const makeInput = () => deps.toCtInput(volume, ct.input, signal, report)
    const input = await makeInput()
    const preprocessMs = performance.now() - startedAt
    if (!isWanted(screen, volume, signal)) return null
    screen.patch('findings', { preprocessMs, progress: { label: 'Encoding the scan', fraction: null } })
    const encoded = await ctEngine.encode(volume.id, toInputSource(input, makeInput), signal, report)
    if (!isWanted(screen, volume, signal)) return null
    const placement = toTokenPlacement(input, input.shape, ct.tokenGrid)
    heavy.readings.set(volume.id, { placement, embedding: encoded.embedding })
    screen.patch('findings', {
      phase: 'ready',
      progress: null,
      encodeMs: encoded.encodeMs,
      outOfDistribution: toForeignness(pack, encoded.tokenMean),
    })
    return toSeen(pack, encoded.embedding)
  } catch (thrown) {
    if (!isWanted(screen, volume, signal)) return null
    const problem = toProblem(
      thrown,
      'ct-encoder',
      'Choose another provider on the model page, or load the models again.',
    )
    screen.patch('findings', { phase: 'failed', progress: null, problem })
    screen.notify(problem)
    return null
  }
}
