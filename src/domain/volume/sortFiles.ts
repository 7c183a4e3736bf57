import { eachFile } from './eachFile.ts'
import { FORMATS } from './formats.ts'
import { type OnProgress, readBytes, type SourceFile } from './sourceFile.ts'
import { isZip, unpackZip } from './unpackZip.ts'
import { type ScanProblems, SNIFF_BYTES, type VolumeFormat } from './volumeFormat.ts'

export type FilesByFormat = ReadonlyMap<VolumeFormat, readonly SourceFile[]>

interface SortedFile {
  readonly format: VolumeFormat
  readonly file: SourceFile
}

/** The files of a drop by format, in their order, archives unpacked (once: an archive inside an archive is no scan). */
export async function sortFiles(
  files: readonly SourceFile[],
  problems: ScanProblems,
  onProgress: OnProgress,
): Promise<FilesByFormat> {
  const sorted = await sortAll(files, problems, onProgress, true)
  const filesOf = (format: VolumeFormat) => sorted.filter((one) => one.format === format).map(({ file }) => file)
  return new Map(FORMATS.map((format) => [format, filesOf(format)]))
}

async function sortAll(
  files: readonly SourceFile[],
  problems: ScanProblems,
  onProgress: OnProgress,
  mayUnpack: boolean,
): Promise<SortedFile[]> {
  let done = 0
  const sorted = await eachFile(
    files,
    problems,
    (file) => sortFile(file, problems, onProgress, mayUnpack),
    () => onProgress('Looking through files', ++done / files.length),
  )
  return sorted.flat()
}

async function sortFile(
  file: SourceFile,
  problems: ScanProblems,
  onProgress: OnProgress,
  mayUnpack: boolean,
): Promise<SortedFile[]> {
  const none = (code: 'empty-file' | 'file-not-recognised') => {
    problems.files.add(code, file.path)
    return []
  }
  if (file.blob.size === 0) return none('empty-file')
  const head = await readBytes(file.blob, 0, SNIFF_BYTES)
  for (const format of FORMATS) {
    const sniffed = format.sniff(head)
    if (sniffed !== null) return sniffed === 'image' ? [{ format, file }] : []
  }
  if (!isZip(head) || !mayUnpack) return none('file-not-recognised')
  onProgress(`Unpacking ${file.path}`, null)
  return sortAll(await unpackZip(file), problems, onProgress, false)
}
