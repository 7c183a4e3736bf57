import { ProblemError } from '../../../base/result.ts'
import { DamagedGzip, isGzip, LARGEST_RATIO, unpackGzip } from '../archive/gzipStream.ts'
import { toLikelyBytes } from '../archive/unpackBudget.ts'
import { toFileProblem } from '../problems.ts'
import { readBytes, type SourceFile } from '../sourceFile.ts'

/** Whether the bytes of a file, unpacked, can be as many. */
export async function canHold(file: SourceFile, bytes: number): Promise<boolean> {
  return bytes <= file.blob.size * ((await isPacked(file)) ? LARGEST_RATIO : 1)
}

const isPacked = async (file: SourceFile): Promise<boolean> => isGzip(await readBytes(file.blob, 0, 2))

/** A plain file is read no further than this behind what was asked for. */
const LARGEST_REST_BYTES = 64 * 1024 ** 2

interface ReadOptions {
  /** Reads all the rest as well, so that the checksum at the end is seen. */
  readonly toEnd?: boolean
  readonly onRead?: (bytesRead: number) => void
  /** With `toEnd`: given what lies behind, part by part, each with its place behind the last byte that was asked for. */
  readonly onRest?: (part: Uint8Array, at: number) => void
}

/**
 * The first `count` bytes of a .nii, or of what is packed in a .nii.gz; fewer where it ends early. Throws a ProblemError where gzip finds its data damaged, or where
 * the rest, which nobody asked for, grows as no scan's would.
 */
export async function readStart(
  file: SourceFile,
  count: number,
  { toEnd = false, onRead, onRest }: ReadOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  if (!(await isPacked(file))) {
    if (toEnd) onRest?.(await readBytes(file.blob, count, Math.min(file.blob.size, count + LARGEST_REST_BYTES)), 0)
    return readBytes(file.blob, 0, Math.min(count, file.blob.size))
  }
  const bytes = new Uint8Array(count)
  let filled = 0
  const openSink = () => {
    filled = 0
    let unpackedBytes = 0
    return (unpacked: Uint8Array) => {
      unpackedBytes += unpacked.length
      const part = unpacked.subarray(0, count - filled)
      bytes.set(part, filled)
      filled += part.length
      const rest = unpacked.subarray(part.length)
      if (rest.length > 0) onRest?.(rest, unpackedBytes - rest.length - count)
      if (unpackedBytes - filled > toLikelyBytes(file.blob.size)) throw refuse(file, 'archive-bomb')
      onRead?.(filled)
      return toEnd || filled < count
    }
  }
  await unpackGzip(file.blob, openSink).catch((thrown: unknown) => {
    throw thrown instanceof DamagedGzip ? refuse(file, 'gzip-damaged') : thrown
  })
  return bytes.subarray(0, filled)
}

const refuse = (file: SourceFile, code: 'gzip-damaged' | 'archive-bomb'): ProblemError =>
  new ProblemError(toFileProblem({ code }, [file.path]))
