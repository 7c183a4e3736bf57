import { ProblemError } from '../../../base/result.ts'
import { toFileProblem } from '../problems.ts'
import type { SourceFile } from '../sourceFile.ts'

/** Bytes of a .nii, or of a .nii.gz unpacked by the browser itself. */
async function openNiftiStream(file: SourceFile): Promise<ReadableStream<Uint8Array>> {
  const magic = new Uint8Array(await file.blob.slice(0, 2).arrayBuffer())
  const isGzip = magic[0] === 0x1f && magic[1] === 0x8b
  return isGzip ? file.blob.stream().pipeThrough(new DecompressionStream('gzip')) : file.blob.stream()
}

/**
 * Reads the first `count` bytes of a stream into one array, and lets the rest go. Returns fewer where the stream ends
 * early; throws a ProblemError where gzip finds its data cut off or damaged before that.
 */
export async function readStreamStart(
  file: SourceFile,
  count: number,
  onRead?: (bytesRead: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(count)
  const reader = (await openNiftiStream(file)).getReader()
  let filled = 0
  try {
    while (filled < count) {
      const { done, value } = await reader.read()
      if (done) break
      const part = value.subarray(0, count - filled)
      bytes.set(part, filled)
      filled += part.length
      onRead?.(filled)
    }
  } catch {
    throw new ProblemError(toFileProblem('gzip-damaged', [file.path]))
  } finally {
    // Cancelling a stream that has failed rejects with the same cause once more.
    await reader.cancel().catch(() => undefined)
  }
  return bytes.subarray(0, filled)
}
