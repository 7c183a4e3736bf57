import { type Result, success } from '../../../base/result.ts'
import { createStreamHash, ReadError, readChunks } from '../../../base/streamHash.ts'
import type { PackFile } from '../../../domain/model/manifest.ts'
import { refuse } from '../../fetch/packProblems.ts'
import type { FileSource } from './fileSources.ts'
import { type AccessHandle, GrowingFile } from './growingFile.ts'

/** Waits before a broken connection is tried again; whatever arrives in between begins them anew. */
const PAUSES_MS: readonly number[] = [500, 2000, 5000]

/** What is being done with the file, how much of it lies on the disk, and how much of that came just now. */
export type FileProgress = (step: 'checking' | FileSource['step'], bytes: number, arrived: number) => void

export interface KeepFileOptions {
  readonly source: FileSource
  readonly onProgress: FileProgress
  readonly signal: AbortSignal
  readonly pausesMs?: readonly number[]
}

class TooLong extends Error {}

/** Appends what one request brings. Rejects with ReadError, TooLong, or with what the disk throws. */
async function receive(
  growing: GrowingFile,
  file: PackFile,
  { source, onProgress, signal }: KeepFileOptions,
): Promise<Result<void>> {
  const arrival = await source.open(file, growing.length, signal)
  if (!arrival.ok) return arrival
  if (arrival.value.from !== growing.length) growing.restart()
  await readChunks(arrival.value.stream, (chunk) => {
    signal.throwIfAborted()
    if (growing.length + chunk.length > file.bytes) throw new TooLong()
    growing.append(chunk)
    onProgress(source.step, growing.length, chunk.length)
  })
  if (growing.length < file.bytes) throw new ReadError('it ended early')
  return success(undefined)
}

/** Rejects with AbortError. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    signal.addEventListener('abort', stop, { once: true })
  })
}

function brokenOff(file: PackFile, source: FileSource, arrived: number, cause: string): Result<never> {
  if (!source.mayRetry) return refuse('pack-file-unreadable', `${file.file} could not be read: ${cause}.`, source.mend)
  return refuse(
    'pack-interrupted',
    `The download of ${file.file} broke off after ${arrived} of ${file.bytes} bytes: ${cause}.`,
    'What has arrived is kept: press Continue on the model page when the connection is back.',
  )
}

/** Brings the file to its full length, over as many requests as it takes. */
async function complete(growing: GrowingFile, file: PackFile, options: KeepFileOptions): Promise<Result<void>> {
  const { source, signal, pausesMs = PAUSES_MS } = options
  for (let failures = 0; growing.length < file.bytes; failures++) {
    const before = growing.length
    try {
      return await receive(growing, file, options)
    } catch (thrown) {
      signal.throwIfAborted()
      if (!(thrown instanceof ReadError)) throw thrown
      if (growing.length > before) failures = 0
      if (!source.mayRetry || failures >= pausesMs.length)
        return brokenOff(file, source, growing.length, thrown.message)
      await pause(pausesMs[failures], signal)
    }
  }
  return success(undefined)
}

const wrong = (file: PackFile, source: FileSource, what: string): Result<never> =>
  refuse('model-corrupt', `${file.file} ${what}.`, source.mend)

async function completeAndCheck(growing: GrowingFile, file: PackFile, options: KeepFileOptions): Promise<Result<void>> {
  try {
    const completed = await complete(growing, file, options)
    if (!completed.ok || growing.digest() === file.sha256) return completed
    growing.restart()
    return wrong(file, options.source, 'has another content than the manifest names (sha256)')
  } catch (thrown) {
    if (!(thrown instanceof TooLong)) throw thrown
    growing.restart()
    return wrong(file, options.source, `is longer than the ${file.bytes} bytes that the manifest says`)
  }
}

/**
 * Writes a file of a pack to the disk and checks its length and sha256 on the way; goes on behind what an earlier attempt
 * left. A wrong file is emptied. Problems: those of the source, `pack-interrupted`, `pack-file-unreadable`,
 * `model-corrupt`. Rejects with AbortError, and with QuotaExceededError where there is no room.
 */
export async function keepFile(access: AccessHandle, file: PackFile, options: KeepFileOptions): Promise<Result<void>> {
  const growing = new GrowingFile(access, await createStreamHash())
  await growing.takeUp(file.bytes, (bytes) => options.onProgress('checking', bytes, 0), options.signal)
  const wasBegun = growing.length > 0
  let kept = await completeAndCheck(growing, file, options)
  // What an earlier attempt left may be to blame: once more, from the start.
  if (!kept.ok && kept.problem.code === 'model-corrupt' && wasBegun)
    kept = await completeAndCheck(growing, file, options)
  access.flush()
  return kept
}
