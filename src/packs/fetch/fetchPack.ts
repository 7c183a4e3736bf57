import { isHtmlPage } from '../../base/readBody.ts'
import { failure, type Result, success } from '../../base/result.ts'
import { isKeptUrl } from '../../domain/model/keptPack.ts'
import type { PackFile } from '../../domain/model/manifest.ts'
import { fetchKept } from './keptFiles.ts'
import { checkStatus, unreachable, webPage } from './packProblems.ts'

/** `fetch`, or what a test gives in its place. */
export type FetchLike = (url: string, init: { cache: RequestCache }) => Promise<Response>

/* Packs are updated under the same file names: ask the server whether the cached copy still holds. */
export const REQUEST = { cache: 'no-cache' } as const

/** Reads bundled packs from the server and kept ones from the browser's storage. */
export const packFetch: FetchLike = (url, init) => (isKeptUrl(url) ? fetchKept(url) : fetch(url, init))

/**
 * Where a file lies: beside the manifest, or in the folder of the pack that it is shared with; in a kept pack, which is
 * always whole, under its sha256.
 */
export function toFileUrl(baseUrl: string, { file, pack, sha256 }: PackFile): string {
  if (isKeptUrl(baseUrl)) return baseUrl + sha256
  return pack === undefined ? baseUrl + file : `${baseUrl}../${pack}/${file}`
}

/** Asks for a file; what comes has a good status and is not declared a web page. Problems as of `loadCheckedFile`. */
export async function requestFile(url: string, file: string, fetchUrl: FetchLike): Promise<Result<Response>> {
  let response: Response
  try {
    response = await fetchUrl(url, REQUEST)
  } catch (thrown) {
    return unreachable(url, file, thrown)
  }
  const refused = checkStatus(url, file, response)
  if (refused) return failure(refused)
  return isHtmlPage(response.headers.get('content-type'), null) ? webPage(file) : success(response)
}
