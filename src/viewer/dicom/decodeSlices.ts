import { transfer } from 'comlink'
import { WorkerHandle } from '../../base/workerHandle.ts'
import type { WorkerLike } from '../../base/workerLike.ts'
import type { DecodableFrame, DecodeFrame } from '../../domain/volume/dicom/decodeFrame.ts'
import type { StoredPixels } from '../../domain/volume/dicom/storedToHu.ts'
import type { ThreadDecoder } from './worker/decodeInThread.ts'

/** A slice of 512 × 512 takes a tenth of a second; a codec that takes so long goes round in damaged data. */
const LONGEST_MS = 8000
const USUAL_PIXELS = 512 * 512
/** Codecs hold some 20 MB each; they go when no series is being opened. */
const IDLE_MS = 30_000
const MOST_WORKERS = 2

export interface DecoderOptions {
  readonly workerCount?: number
  readonly longestMs?: number
  readonly startWorker?: () => WorkerLike
}

const startDecodeWorker = (): WorkerLike =>
  new Worker(new URL('./worker/decode.worker.ts', import.meta.url), { type: 'module' })

const countWorkers = (): number =>
  Math.max(1, Math.min(MOST_WORKERS, (globalThis.navigator?.hardwareConcurrency ?? 2) >> 1))

/**
 * Decodes compressed frames in a few workers, one frame at a time each. A codec that does not end is ended with its
 * worker, and the frame refused; the next frame gets a new one.
 */
export function createSliceDecoder(options: DecoderOptions = {}): DecodeFrame {
  const { workerCount = countWorkers(), longestMs = LONGEST_MS, startWorker = startDecodeWorker } = options
  const idle = Array.from({ length: workerCount }, () => createWorker(startWorker))
  const waiting: ((worker: WorkerHandle<ThreadDecoder>) => void)[] = []
  const take = async () => idle.pop() ?? new Promise<WorkerHandle<ThreadDecoder>>((resolve) => waiting.push(resolve))
  const giveBack = (worker: WorkerHandle<ThreadDecoder>) => {
    const next = waiting.shift()
    if (next) next(worker)
    else idle.push(worker)
  }
  return async (frame) => {
    const worker = await take()
    try {
      return await decodeWithin(worker, frame, longestMs)
    } finally {
      giveBack(worker)
    }
  }
}

const createWorker = (start: () => WorkerLike): WorkerHandle<ThreadDecoder> =>
  new WorkerHandle<ThreadDecoder>({
    start,
    idleMs: IDLE_MS,
    toCrashError: (cause) => new Error(`its codec stopped (${cause})`),
  })

async function decodeWithin(
  worker: WorkerHandle<ThreadDecoder>,
  frame: DecodableFrame,
  longestMs: number,
): Promise<StoredPixels> {
  // Loading a codec may take its time on a slow line; only then is time the codec's own.
  await worker.call((api) => api.prepare(frame.codec))
  const limitMs = longestMs * Math.max(1, (frame.format.rows * frame.format.columns) / USUAL_PIXELS)
  const tooLong = new Error(`its codec did not end within ${Math.round(limitMs / 1000)} s`)
  const timer = setTimeout(() => worker.stop(tooLong), limitMs)
  try {
    return await worker.call(
      (api) => api.decode(transfer(frame, [frame.bytes.buffer as ArrayBuffer])) as Promise<StoredPixels>,
    )
  } finally {
    clearTimeout(timer)
  }
}

export const decodeSlices: DecodeFrame = createSliceDecoder()
