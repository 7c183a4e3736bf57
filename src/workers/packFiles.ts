import { failure, type Problem, ProblemError, type Result, success } from '../base/result.ts'
import type { Manifest, PackFile } from '../domain/model/manifest.ts'
import { type PackEntry, parsePackList } from '../domain/model/packList.ts'
import { parseManifest } from '../domain/model/parseManifest.ts'
import { type BytesProgress, isHtmlPage, readBody } from './readBody.ts'

/** `fetch`, or what a test gives in its place. */
export type FetchLike = (url: string, init: { cache: RequestCache }) => Promise<Response>

/* Packs are updated under the same file names: ask the server whether the cached copy still holds. */
const REQUEST = { cache: 'no-cache' } as const

const browserFetch: FetchLike = (url, init) => fetch(url, init)

const refuse = (code: string, message: string, nextStep: string): Result<never> => failure({ code, message, nextStep })

const causeOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

/** A missing file answered by a single-page server, or a login page in between. */
const webPage = (file: string): Result<never> =>
  refuse(
    'model-html',
    `The server answered with a web page in place of ${file}.`,
    'Check that the model pack was copied to the server whole and that the address needs no login.',
  )

function checkStatus(file: string, response: Response): Problem | null {
  if (response.ok) return null
  if (response.status === 404)
    return {
      code: 'model-missing',
      message: `${file} is not on the server (404).`,
      nextStep: 'Copy the whole model pack to the server, then load the models again.',
    }
  return {
    code: 'model-unreachable',
    message: `The server refused ${file} (${response.status} ${response.statusText}).`.replace(' )', ')'),
    nextStep: 'Wait a moment and load the models again; if it stays, look at the server.',
  }
}

async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function cutOff(file: PackFile, received: string): Result<never> {
  return refuse(
    'model-cut-off',
    `${file.file} should have ${file.bytes} bytes, but ${received}.`,
    'Load the models again; if it stays, copy the file to the server once more.',
  )
}

async function checkHash(file: PackFile, bytes: Uint8Array<ArrayBuffer>): Promise<Result<Uint8Array<ArrayBuffer>>> {
  if (!globalThis.crypto?.subtle)
    return refuse(
      'insecure-page',
      `${file.file} cannot be checked, because this page was not opened over a secure connection.`,
      'Open VoxCT over https or on localhost.',
    )
  if ((await hashOf(bytes)) === file.sha256) return success(bytes)
  return refuse(
    'model-corrupt',
    `${file.file} has the right length, but its content is not the one the manifest names (sha256).`,
    'Clear the browser cache for this page and load the models again; if it stays, copy the pack once more.',
  )
}

/**
 * Fetches a file whose length and hash are known and trusts nothing: status, web page in its place, length, sha256.
 * Problems: `model-missing`, `model-unreachable`, `model-html`, `model-cut-off`, `model-corrupt`, `insecure-page`.
 */
export async function loadCheckedFile(
  url: string,
  file: PackFile,
  onProgress: BytesProgress = () => undefined,
  fetchUrl: FetchLike = browserFetch,
): Promise<Result<Uint8Array<ArrayBuffer>>> {
  let response: Response
  try {
    response = await fetchUrl(url, REQUEST)
  } catch (thrown) {
    const message = `${file.file} could not be fetched: ${causeOf(thrown)}.`
    return refuse('model-unreachable', message, 'Check the connection to the server, then load the models again.')
  }
  const refused = checkStatus(file.file, response)
  if (refused) return failure(refused)
  if (isHtmlPage(response.headers.get('content-type'), null)) return webPage(file.file)
  const body = await readBody(response, file.bytes, onProgress)
  if (isHtmlPage(null, body.bytes)) return webPage(file.file)
  if (body.end === 'broken') return cutOff(file, `the connection broke after ${body.bytes.length}`)
  if (body.end === 'too-long') return cutOff(file, 'more arrived')
  if (body.bytes.length !== file.bytes) return cutOff(file, `${body.bytes.length} arrived`)
  return checkHash(file, body.bytes)
}

/** Beside the manifest, or in the folder of the pack that it shares the file with. */
const toFileUrl = (baseUrl: string, { file, pack }: PackFile): string =>
  pack === undefined ? baseUrl + file : `${baseUrl}../${pack}/${file}`

/** A file that a pack names; problems as of `loadCheckedFile`. */
export const loadPackFile = (
  baseUrl: string,
  file: PackFile,
  onProgress?: BytesProgress,
  fetchUrl?: FetchLike,
): Promise<Result<Uint8Array<ArrayBuffer>>> => loadCheckedFile(toFileUrl(baseUrl, file), file, onProgress, fetchUrl)

const unreachable = (url: string, cause: string): Result<never> =>
  refuse(
    'manifest-unreachable',
    `The manifest of the model pack, ${url}, could not be read: ${cause}.`,
    'Check the address of the pack and the connection, then load the models again.',
  )

/** Fetches and checks `manifest.json`. Problems: `manifest-unreachable`, `model-html`, `manifest-invalid`. */
export async function loadManifest(baseUrl: string, fetchUrl: FetchLike = browserFetch): Promise<Result<Manifest>> {
  const url = `${baseUrl}manifest.json`
  let text: string
  let contentType: string | null
  try {
    const response = await fetchUrl(url, REQUEST)
    if (!response.ok) return unreachable(url, `the server answered ${response.status}`)
    contentType = response.headers.get('content-type')
    text = await response.text()
  } catch (thrown) {
    return unreachable(url, causeOf(thrown))
  }
  if (isHtmlPage(contentType, new TextEncoder().encode(text.slice(0, 64)))) return webPage('manifest.json')
  try {
    return parseManifest(JSON.parse(text))
  } catch {
    return refuse(
      'manifest-invalid',
      `The manifest of the model pack, ${url}, is not JSON.`,
      'Copy manifest.json to the server once more, then load the models again.',
    )
  }
}

/** Fetches and checks the list of packs. Problems: `packs-unreachable`, `packs-invalid`. */
export async function loadPackList(
  url: string,
  fetchUrl: FetchLike = browserFetch,
): Promise<Result<readonly PackEntry[]>> {
  const unreadable = (cause: string): Result<never> =>
    refuse(
      'packs-unreachable',
      `The list of model packs, ${url}, could not be read: ${cause}.`,
      'Copy models/packs.json to the server and reload; the first pack is used until then.',
    )
  try {
    const response = await fetchUrl(url, REQUEST)
    if (!response.ok) return unreadable(`the server answered ${response.status}`)
    return parsePackList(await response.json())
  } catch (thrown) {
    return unreadable(causeOf(thrown))
  }
}

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
