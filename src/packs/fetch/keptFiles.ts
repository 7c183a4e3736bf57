import { findFile, type OpenRoot, openFolder, openOriginRoot } from '../../base/originFolder.ts'
import { toKeptPath } from '../../domain/model/keptPack.ts'

/** The file of an address in a kept pack, backed by the disk; null where there is none. */
export async function findKept(url: string, openRoot: OpenRoot = openOriginRoot): Promise<File | null> {
  const path = toKeptPath(url)
  const folder = await openFolder(openRoot, path.slice(0, -1))
  return folder && (await findFile(folder, path.at(-1) ?? ''))
}

/** What `fetch` would answer for such an address: the file streamed from the disk, or 404. */
export async function fetchKept(url: string, openRoot: OpenRoot = openOriginRoot): Promise<Response> {
  const file = await findKept(url, openRoot)
  if (!file) return new Response(null, { status: 404 })
  return new Response(file.stream(), { headers: { 'content-type': 'application/octet-stream' } })
}
