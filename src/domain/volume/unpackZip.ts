import { unzipSync } from 'fflate'
import { ProblemError } from '../../base/result.ts'
import { toFileProblem } from './problems.ts'
import { isClutter, readBytes, type SourceFile } from './sourceFile.ts'

/** More than this unpacked would not fit beside the volume in a page's memory. */
const LARGEST_UNPACKED_BYTES = 2 * 1024 ** 3

/** Begins as a zip does, one of nothing included. */
export const isZip = ([p, k, third, fourth]: Uint8Array): boolean =>
  p === 0x50 && k === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6))

/** Files of a zip, folders and clutter left out. Throws a ProblemError where it is damaged, encrypted or too large. */
export async function unpackZip(file: SourceFile): Promise<SourceFile[]> {
  const bytes = await readBytes(file.blob)
  const entries = Object.entries(inflateEntries(bytes, file.path))
  return entries.map(([name, content]) => ({ path: `${file.path}/${name}`, blob: new Blob([content]) }))
}

/** The synchronous inflater on purpose: this runs in a worker, and the other one starts a worker an entry. */
function inflateEntries(bytes: Uint8Array, path: string): Record<string, Uint8Array<ArrayBuffer>> {
  let unpackedBytes = 0
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (name.endsWith('/') || isClutter(name)) return false
        unpackedBytes += originalSize
        if (unpackedBytes > LARGEST_UNPACKED_BYTES) throw new ProblemError(toFileProblem('zip-too-large', [path]))
        return true
      },
    })
  } catch (thrown) {
    throw thrown instanceof ProblemError ? thrown : new ProblemError(toFileProblem('zip-damaged', [path]))
  }
}
