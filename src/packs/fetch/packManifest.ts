import { isHtmlPage } from '../../base/readBody.ts'
import { type Result, success } from '../../base/result.ts'
import { isKeptUrl, MANIFEST_NAME } from '../../domain/model/keptPack.ts'
import { type LibraryServer, parseLibraryServers } from '../../domain/model/libraryServers.ts'
import type { Manifest } from '../../domain/model/manifest.ts'
import { type PackEntry, parsePackList } from '../../domain/model/packList.ts'
import { parseManifestText } from '../../domain/model/parseManifestText.ts'
import { type FetchLike, packFetch, REQUEST } from './fetchPack.ts'
import { causeOf, keptMissing, refuse, webPage } from './packProblems.ts'

const unreachable = (url: string, cause: string): Result<never> =>
  refuse(
    'manifest-unreachable',
    `The manifest of the model pack, ${url}, could not be read: ${cause}.`,
    'Check the address of the pack and the connection, then load the models again.',
  )

/** The text of `manifest.json`, not yet checked. Problems: `manifest-unreachable`, `model-html`, `kept-missing`. */
export async function loadManifestText(baseUrl: string, fetchUrl: FetchLike = packFetch): Promise<Result<string>> {
  const url = baseUrl + MANIFEST_NAME
  try {
    const response = await fetchUrl(url, REQUEST)
    if (!response.ok && isKeptUrl(url)) return { ok: false, problem: keptMissing(MANIFEST_NAME) }
    if (!response.ok) return unreachable(url, `the server answered ${response.status}`)
    const text = await response.text()
    const isPage = isHtmlPage(response.headers.get('content-type'), new TextEncoder().encode(text.slice(0, 64)))
    return isPage ? webPage(MANIFEST_NAME) : success(text)
  } catch (thrown) {
    return unreachable(url, causeOf(thrown))
  }
}

/** Fetches and checks `manifest.json`. Problems: those of `loadManifestText`, `manifest-invalid`. */
export async function loadManifest(baseUrl: string, fetchUrl?: FetchLike): Promise<Result<Manifest>> {
  const text = await loadManifestText(baseUrl, fetchUrl)
  return text.ok ? parseManifestText(text.value, baseUrl + MANIFEST_NAME) : text
}

/** Fetches and checks the list of packs. Problems: `packs-unreachable`, `packs-invalid`. */
export async function loadPackList(
  url: string,
  fetchUrl: FetchLike = packFetch,
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

/** What the same list offers of libraries on a server; none where it cannot be read, which whoever asks for packs is told. */
export async function loadLibraryServers(
  url: string,
  fetchUrl: FetchLike = packFetch,
): Promise<Result<readonly LibraryServer[]>> {
  try {
    const response = await fetchUrl(url, REQUEST)
    return response.ok ? parseLibraryServers(await response.json()) : success([])
  } catch {
    return success([])
  }
}
