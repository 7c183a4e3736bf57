import { type BytesProgress, isHtmlPage } from '../../base/readBody.ts'
import { failure, type Result, success } from '../../base/result.ts'
import { hashStream } from '../../base/streamHash.ts'
import { isKeptUrl } from '../../domain/model/keptPack.ts'
import type { PackFile } from '../../domain/model/manifest.ts'
import { type FetchLike, packFetch, requestFile, toFileUrl } from './fetchPack.ts'
import { findKept } from './keptFiles.ts'
import { corrupt, cutOff, keptMissing, unreachable, webPage } from './packProblems.ts'

/** What is collected before it is given to the browser, which keeps Blobs outside of JavaScript and on disk. */
const PART_BYTES = 8e6

interface Checked {
  readonly blob: Blob
  readonly bytes: number
  readonly sha256: string
}

type OnBytes = (bytes: number) => void

async function hashKept(file: File, onBytes: OnBytes): Promise<Checked> {
  return { blob: file, ...(await hashStream(file.stream(), onBytes)) }
}

/** Lets a stream pass into Blobs and hashes it on the way. */
async function hashIncoming(stream: ReadableStream<Uint8Array<ArrayBuffer>>, onBytes: OnBytes): Promise<Checked> {
  const parts: Blob[] = []
  let chunks: Uint8Array<ArrayBuffer>[] = []
  let held = 0
  const passOn = () => {
    parts.push(new Blob(chunks))
    chunks = []
    held = 0
  }
  const collect = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array>({
    transform(chunk, controller) {
      chunks.push(chunk)
      held += chunk.length
      if (held >= PART_BYTES) passOn()
      controller.enqueue(chunk)
    },
  })
  const hashed = await hashStream(stream.pipeThrough(collect), onBytes)
  passOn()
  return { blob: new Blob(parts), ...hashed }
}

async function openAndHash(
  url: string,
  file: PackFile,
  onBytes: OnBytes,
  fetchUrl: FetchLike,
): Promise<Result<Checked>> {
  if (isKeptUrl(url) && fetchUrl === packFetch) {
    const kept = await findKept(url)
    return kept ? success(await hashKept(kept, onBytes)) : failure(keptMissing(file.file))
  }
  const response = await requestFile(url, file.file, fetchUrl)
  if (!response.ok) return response
  return success(await hashIncoming(response.value.body ?? new Blob().stream(), onBytes))
}

async function check(url: string, file: PackFile, { blob, bytes, sha256 }: Checked): Promise<Result<Blob>> {
  if (sha256 === file.sha256 && bytes === file.bytes) return success(blob)
  if (isHtmlPage(null, new Uint8Array(await blob.slice(0, 64).arrayBuffer()))) return webPage(file.file)
  return bytes === file.bytes ? corrupt(url, file) : cutOff(url, file, `${bytes} are there`)
}

/**
 * A large file of a pack without its bytes in memory, for those who read it piece by piece: length and sha256 are checked
 * while it streams by. `onProgress` counts the bytes checked. Problems as of `loadCheckedFile`.
 */
export async function openPackFileBlob(
  baseUrl: string,
  file: PackFile,
  onProgress: BytesProgress = () => undefined,
  fetchUrl: FetchLike = packFetch,
): Promise<Result<Blob>> {
  const url = toFileUrl(baseUrl, file)
  try {
    const opened = await openAndHash(url, file, (bytes) => onProgress(bytes, file.bytes), fetchUrl)
    return opened.ok ? await check(url, file, opened.value) : opened
  } catch (thrown) {
    return unreachable(url, file.file, thrown)
  }
}
