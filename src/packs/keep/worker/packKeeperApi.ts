import type { Result } from '../../../base/result.ts'
import type { PackFolder } from '../../../domain/model/packFolder.ts'
import { folderSource, urlSource } from './fileSources.ts'
import { type KeepOrder, type KeepProgress, keepPack } from './keepPack.ts'

/** Where the bytes come from: a folder of this computer, or one of this site by its address with a final slash. */
export type PackBytes = { readonly folder: PackFolder } | { readonly url: string }

export type OnKeepProgress = (progress: KeepProgress) => void

/** What the worker does that keeps packs: one at a time. Callbacks are comlink proxies. */
export interface PackKeeperApi {
  keep(order: KeepOrder, bytes: PackBytes, onProgress: OnKeepProgress): Promise<Result<void>>
  cancel(): void
}

/** More often than this nobody can read. */
const REPORT_EVERY_MS = 100

/** Passes on the first, every one that follows a pause, and each that begins something new. */
function throttle(onProgress: OnKeepProgress): OnKeepProgress {
  let lastMs = Number.NEGATIVE_INFINITY
  let last = ''
  return (progress) => {
    const what = `${progress.step} ${progress.file}`
    const nowMs = performance.now()
    if (what === last && nowMs - lastMs < REPORT_EVERY_MS) return
    lastMs = nowMs
    last = what
    onProgress(progress)
  }
}

export function createPackKeeperApi(): PackKeeperApi {
  const controller = new AbortController()
  return {
    keep: (order, bytes, onProgress) =>
      keepPack(order, {
        source: 'folder' in bytes ? folderSource(bytes.folder) : urlSource(bytes.url),
        onProgress: throttle(onProgress),
        signal: controller.signal,
      }),
    cancel: () => controller.abort(),
  }
}
