import { isHtmlPage } from '../../../base/readBody.ts'
import { failure, type Result, success } from '../../../base/result.ts'
import { asRead } from '../../../base/streamHash.ts'
import type { PackFile } from '../../../domain/model/manifest.ts'
import { type PackFolder, takeFile } from '../../../domain/model/packFolder.ts'
import { toFileUrl } from '../../fetch/fetchPack.ts'
import { checkStatus, unreachable, webPage } from '../../fetch/packProblems.ts'

/** Bytes of a file beginning at `from`: where they were asked for, or 0 where the source cannot begin in the middle. */
export interface Arrival {
  readonly from: number
  readonly stream: ReadableStream<Uint8Array>
}

/** Where the files of a pack come from. */
export interface FileSource {
  readonly step: 'copying' | 'downloading'
  /** A connection may break and come back; a folder does not. */
  readonly mayRetry: boolean
  /** What to do where a file is not the one that the manifest names. */
  readonly mend: string
  /** Rejects with ReadError where the connection fails or the signal ends it. */
  open(file: PackFile, from: number, signal: AbortSignal): Promise<Result<Arrival>>
}

/** A folder of this computer. */
export const folderSource = (folder: PackFolder): FileSource => ({
  step: 'copying',
  mayRetry: false,
  mend: 'Copy the whole folder that the export wrote, then add it again.',
  async open(wanted, from) {
    const found = takeFile(folder, wanted)
    return found.ok ? success({ from, stream: found.value.slice(from).stream() }) : found
  },
})

/** The part that a server sent: from where `content-range` says, or the whole. Null where that is not understood. */
function toFrom(response: Response): number | null {
  if (response.status !== 206) return 0
  const start = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1]
  return start === undefined ? null : Number(start)
}

type Fetch = (url: string, init: RequestInit) => Promise<Response>

/**
 * A folder of the server. Large files are kept by the app itself, not a second time by the cache; the server is asked to
 * go on where an earlier download stopped, and whether it did right shows in the hash.
 */
export function urlSource(baseUrl: string, fetchUrl: Fetch = (url, init) => fetch(url, init)): FileSource {
  const request = (url: string, from: number, signal: AbortSignal) =>
    asRead(fetchUrl(url, { cache: 'no-store', signal, ...(from > 0 && { headers: { range: `bytes=${from}-` } }) }))
  return {
    step: 'downloading',
    mayRetry: true,
    mend: 'Copy the pack to the server once more, then add the model again.',
    async open(file, wanted, signal) {
      const url = toFileUrl(baseUrl, file)
      let response = await request(url, wanted, signal)
      const isUnasked = response.status === 206 && toFrom(response) !== wanted
      if (wanted > 0 && (response.status === 416 || isUnasked)) response = await request(url, 0, signal)
      const refused = checkStatus(url, file.file, response)
      if (refused) return failure(refused)
      if (isHtmlPage(response.headers.get('content-type'), null)) return webPage(file.file)
      if (!response.body) return unreachable(url, file.file, new Error('the answer was empty'))
      return success({ from: toFrom(response) ?? 0, stream: response.body })
    },
  }
}
