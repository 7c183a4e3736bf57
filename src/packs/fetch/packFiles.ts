import { type BytesProgress, isHtmlPage, readBody } from '../../base/readBody.ts'
import { ProblemError, type Result, success } from '../../base/result.ts'
import type { Manifest, PackFile } from '../../domain/model/manifest.ts'
import { type FetchLike, packFetch, requestFile, toFileUrl } from './fetchPack.ts'
import { loadManifest } from './packManifest.ts'
import { corrupt, cutOff, insecure, webPage } from './packProblems.ts'

export type { FetchLike } from './fetchPack.ts'
export { openPackFileBlob } from './packBlob.ts'
export { loadLibraryServers, loadManifestText, loadPackList } from './packManifest.ts'

async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function checkHash(url: string, file: PackFile, bytes: Uint8Array<ArrayBuffer>) {
  if (!globalThis.crypto?.subtle) return insecure(file.file)
  return (await hashOf(bytes)) === file.sha256 ? success(bytes) : corrupt(url, file)
}

/**
 * Fetches a file whose length and hash are known and trusts nothing: status, web page in its place, length, sha256.
 * Problems: `model-missing`, `model-unreachable`, `model-html`, `model-cut-off`, `model-corrupt`, `insecure-page`; of a
 * kept pack `kept-missing` and `kept-unreadable` in place of the first two.
 */
export async function loadCheckedFile(
  url: string,
  file: PackFile,
  onProgress: BytesProgress = () => undefined,
  fetchUrl: FetchLike = packFetch,
): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const response = await requestFile(url, file.file, fetchUrl)
  if (!response.ok) return response
  const body = await readBody(response.value, file.bytes, onProgress)
  if (isHtmlPage(null, body.bytes)) return webPage(file.file)
  if (body.end === 'broken') return cutOff(url, file, `the connection broke after ${body.bytes.length}`)
  if (body.end === 'too-long') return cutOff(url, file, 'more arrived')
  if (body.bytes.length !== file.bytes) return cutOff(url, file, `${body.bytes.length} arrived`)
  return checkHash(url, file, body.bytes)
}

/** A file that a pack names; problems as of `loadCheckedFile`. */
export const loadPackFile = (
  baseUrl: string,
  file: PackFile,
  onProgress?: BytesProgress,
  fetchUrl?: FetchLike,
): Promise<Result<Uint8Array<ArrayBuffer>>> => loadCheckedFile(toFileUrl(baseUrl, file), file, onProgress, fetchUrl)

/** The value, or a rejection with ProblemError. */
export async function orThrow<T>(loading: Promise<Result<T>>): Promise<T> {
  const result = await loading
  if (!result.ok) throw new ProblemError(result.problem)
  return result.value
}

/** `loadManifest` for callers that collect failures in one catch. Rejects with ProblemError. */
export const fetchManifest = (baseUrl: string, fetchUrl?: FetchLike): Promise<Manifest> =>
  orThrow(loadManifest(baseUrl, fetchUrl))

/** `loadPackFile` for the same. Rejects with ProblemError. */
export async function fetchPackFile(
  baseUrl: string,
  file: PackFile,
  onProgress?: BytesProgress,
  fetchUrl?: FetchLike,
): Promise<ArrayBuffer> {
  return (await orThrow(loadPackFile(baseUrl, file, onProgress, fetchUrl))).buffer
}
