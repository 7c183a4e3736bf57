import {
  isQuotaExceeded,
  listSizes,
  type OpenRoot,
  openFolder,
  openOriginRoot,
  removeEntry,
  writeText,
} from '../../../base/originFolder.ts'
import { failure, type Problem, type Result, success } from '../../../base/result.ts'
import { type TryTabLock, tryTabLock } from '../../../base/tabLock.ts'
import { listPresent, readKeptFolder } from '../../../domain/model/keptFolder.ts'
import {
  INCOMING_NAME,
  KEPT_FOLDER,
  MANIFEST_NAME,
  type PackOrigin,
  packBusy,
  toIncomingText,
  toPackLock,
} from '../../../domain/model/keptPack.ts'
import { sumBytes } from '../../../domain/model/listPackFiles.ts'
import type { PackFile } from '../../../domain/model/manifest.ts'
import { causeOf } from '../../fetch/packProblems.ts'
import type { FileSource } from './fileSources.ts'
import { openAccess } from './growingFile.ts'
import { keepFile } from './keepFile.ts'

/** A pack whose manifest has been checked, to be kept. */
export interface KeepOrder {
  readonly id: string
  /** `manifest.json` as it was given. */
  readonly manifestText: string
  /** Every content once (`listPackFiles`). */
  readonly files: readonly PackFile[]
  readonly origin: PackOrigin
}

export interface KeepProgress {
  readonly step: 'checking' | FileSource['step']
  readonly file: string
  /** From 1. */
  readonly fileNumber: number
  readonly fileCount: number
  /** Of the whole pack, with what was there before. */
  readonly doneBytes: number
  readonly totalBytes: number
  /** What the source has given this time, for the rate. */
  readonly arrivedBytes: number
}

export interface KeepPackOptions {
  readonly source: FileSource
  readonly onProgress: (progress: KeepProgress) => void
  readonly signal: AbortSignal
  readonly openRoot?: OpenRoot
  readonly tryLock?: TryTabLock
}

const CANCELLED: Problem = {
  code: 'cancelled',
  message: 'Adding the model was cancelled.',
  nextStep: 'What has arrived is kept: the model page offers to go on.',
}

function toKeepProblem(thrown: unknown, signal: AbortSignal): Problem {
  if (signal.aborted) return CANCELLED
  if (isQuotaExceeded(thrown))
    return {
      code: 'pack-no-room',
      message: 'The browser has no room left for the model.',
      nextStep: 'Remove a model on the model page or free disk space, then press Continue there.',
    }
  return {
    code: 'pack-storage-failed',
    message: `The model could not be written to the browser's storage: ${causeOf(thrown)}.`,
    nextStep: 'Close other VoxCT tabs and try again; in a private window nothing can be kept.',
  }
}

/** Writes the files one after the other; those that are whole already are left alone. */
async function keepFiles(
  folder: FileSystemDirectoryHandle,
  { files }: KeepOrder,
  { source, onProgress, signal }: KeepPackOptions,
): Promise<Result<void>> {
  const present = listPresent(await readKeptFolder(folder))
  const totalBytes = sumBytes(files)
  let before = 0
  let arrivedBytes = 0
  for (const [n, file] of files.entries()) {
    const place = { file: file.file, fileNumber: n + 1, fileCount: files.length, totalBytes }
    if (!present.has(file.sha256)) {
      const access = await openAccess(folder, file.sha256)
      try {
        const kept = await keepFile(access, file, {
          source,
          signal,
          onProgress(step, bytes, arrived) {
            arrivedBytes += arrived
            onProgress({ ...place, step, doneBytes: before + bytes, arrivedBytes })
          },
        })
        if (!kept.ok) return kept
      } finally {
        access.close()
      }
    }
    before += file.bytes
  }
  return success(undefined)
}

/** From here on the pack is this one: the manifest takes its place in one step, then what only the last one had goes. */
async function commit(folder: FileSystemDirectoryHandle, { manifestText, files }: KeepOrder): Promise<void> {
  await writeText(folder, MANIFEST_NAME, manifestText)
  const wanted = new Set([MANIFEST_NAME, ...files.map(({ sha256 }) => sha256)])
  for (const name of (await listSizes(folder)).keys()) if (!wanted.has(name)) await removeEntry(folder, name)
}

async function keepLocked(order: KeepOrder, options: KeepPackOptions): Promise<Result<void>> {
  const { id, manifestText, origin } = order
  try {
    const folder = await openFolder(options.openRoot ?? openOriginRoot, [KEPT_FOLDER, id], true)
    if (!folder) throw new Error('its folder cannot be made')
    await writeText(folder, INCOMING_NAME, toIncomingText({ manifest: manifestText, origin }))
    const kept = await keepFiles(folder, order, options)
    if (kept.ok) await commit(folder, order)
    return kept
  } catch (thrown) {
    return failure(toKeepProblem(thrown, options.signal))
  }
}

/**
 * Keeps a pack in the browser's storage: every file is written, checked and only then the manifest, so that a pack kept
 * before under this id stays in use until the new one is whole. What did not end is taken up by the next call. Problems:
 * those of `keepFile`, `pack-busy`, `pack-no-room`, `pack-storage-failed`, `cancelled`.
 */
export async function keepPack(order: KeepOrder, options: KeepPackOptions): Promise<Result<void>> {
  const kept = await (options.tryLock ?? tryTabLock)(toPackLock(order.id), () => keepLocked(order, options))
  return kept ?? failure(packBusy(order.id))
}
