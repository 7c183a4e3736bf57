import { ProblemError } from '../../../base/result.ts'
import { crc32 } from '../crc32.ts'
import { InflatedTooLarge, inflateAtMost } from '../inflateAtMost.ts'
import { type FileTrouble, toFileProblem } from '../problems.ts'
import { isClutter, type SourceFile } from '../sourceFile.ts'
import { type ScanProblems, SNIFF_BYTES } from '../volumeFormat.ts'
import { ArchiveReader } from './archiveReader.ts'
import type { UnpackBudget } from './unpackBudget.ts'
import { findPacked, readZipDirectory, type ZipEntry } from './zipDirectory.ts'

const STORED = 0
const DEFLATED = 8
const AES = 99
/** Methods of other programs (APPNOTE 4.4.5). */
const NAME_OF_METHOD: Readonly<Record<number, string>> = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
}

/** Begins as a zip does, one of nothing included. */
export const isZip = ([p, k, third, fourth]: Uint8Array): boolean =>
  p === 0x50 && k === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6))

/**
 * Files of a zip, folders and clutter left out; an entry that cannot be unpacked is told, the others are given. Throws a
 * ProblemError where the archive as a whole is damaged, or beyond the budget by the sizes that it declares.
 */
export async function unpackZip(file: SourceFile, budget: UnpackBudget, problems: ScanProblems): Promise<SourceFile[]> {
  const entries = await readZipDirectory(file.blob)
  if (entries === null) throw new ProblemError(toFileProblem({ code: 'zip-damaged' }, [file.path]))
  const wanted = entries.filter(({ name }) => !name.endsWith('/') && !isClutter(name))
  budget.spend(wanted.reduce((sum, entry) => sum + entry.unpackedBytes, 0))
  const unpacked: SourceFile[] = []
  const reader = new ArchiveReader(file.blob)
  for (const entry of wanted) {
    const path = `${file.path}/${entry.name}`
    const content = await unpackEntry(reader, entry)
    if ('blob' in content) unpacked.push({ path, ...content })
    else problems.files.add(content, path)
  }
  return unpacked
}

async function unpackEntry(reader: ArchiveReader, entry: ZipEntry): Promise<Omit<SourceFile, 'path'> | FileTrouble> {
  if (entry.isEncrypted || entry.method === AES) return { code: 'zip-encrypted' }
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    return { code: 'zip-method', kind: NAME_OF_METHOD[entry.method] ?? `method ${entry.method}` }
  }
  const start = await findPacked(reader, entry)
  if (start === null) return { code: 'zip-damaged' }
  const end = start + entry.packedBytes
  const bytes = await reader.read(start, end)
  const content = entry.method === STORED ? bytes : inflate(bytes, entry.unpackedBytes)
  const isWhole = content?.length === entry.unpackedBytes && crc32(content) === entry.crc32
  if (!isWhole) return { code: 'zip-damaged' }
  return {
    blob: entry.method === STORED ? reader.archive.slice(start, end) : new Blob([content]),
    head: content.slice(0, SNIFF_BYTES),
  }
}

/** Null where it is damaged, or more than it says. */
function inflate(packed: Uint8Array, declaredBytes: number): Uint8Array<ArrayBuffer> | null {
  try {
    return inflateAtMost(packed, declaredBytes)
  } catch (thrown) {
    if (thrown instanceof InflatedTooLarge) return null
    throw thrown
  }
}
