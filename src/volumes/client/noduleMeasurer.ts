import { transfer } from 'comlink'
import { failure, ProblemError, type Result, success } from '../../base/result.ts'
import { WorkerHandle } from '../../base/workerHandle.ts'
import type { WorkerLike } from '../../base/workerLike.ts'
import type { Refusal } from '../../domain/nodule/cutNodule.ts'
import { NODULE_REACH_MM } from '../../domain/nodule/measureNodule.ts'
import { toNoduleCrop } from '../../domain/nodule/noduleCrop.ts'
import type { NoduleReading } from '../../domain/nodule/noduleReading.ts'
import type { Vec3, Volume } from '../../domain/volume/volume.ts'
import type { NoduleApi } from '../volumeProtocol.ts'

/**
 * Measures the nodule at the first of some places (LPS mm, near to one another) that has one, in a worker of its own: no reading or opening of
 * a scan keeps a click waiting. An abort rejects with AbortError.
 */
export type NoduleMeasurer = (
  volume: Volume,
  seedsLpsMm: readonly Vec3[],
  signal: AbortSignal,
) => Promise<Result<NoduleReading>>

const IDLE_MS = 20_000

const startWorker = (): WorkerLike =>
  new Worker(new URL('../worker/nodule.worker.ts', import.meta.url), { type: 'module' })

const crashed = (cause: string) =>
  new ProblemError({
    code: 'nodule-crashed',
    message: `The nodule could not be measured (${cause}).`,
    nextStep: 'Click it once more; if this stays, reload the page. Your measures are kept.',
  })

export function createNoduleMeasurer(start: () => WorkerLike = startWorker): NoduleMeasurer {
  const handle = new WorkerHandle<NoduleApi>({ start, toCrashError: crashed, idleMs: IDLE_MS })
  return async (volume, seedsLpsMm, signal) => {
    const crop = toNoduleCrop(volume, seedsLpsMm[0], NODULE_REACH_MM)
    const sent = transfer(crop, [crop.hu.buffer as ArrayBuffer])
    const answer = await handle.call<NoduleReading | Refusal>((api) => api.measure(sent, seedsLpsMm), signal)
    if (!('refusal' in answer)) return success(answer)
    return failure({
      code: 'no-nodule-volume',
      message: `No volume: ${answer.refusal}`,
      nextStep: 'Click the middle of the nodule, or measure it with two axes (Shift+D).',
    })
  }
}
