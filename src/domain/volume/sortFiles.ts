import { ProblemError } from '../../base/result.ts'
import { DamagedGzip, isGzip, readDeclaredBytes, unpackGzip } from './archive/gzipStream.ts'
import { nameOtherArchive } from './archive/otherArchives.ts'
import { UnpackBudget } from './archive/unpackBudget.ts'
import { isZip, unpackZip } from './archive/unpackZip.ts'
import { eachFile } from './eachFile.ts'
import { FORMATS } from './formats.ts'
import { readStart } from './nifti/readNiftiBytes.ts'
import { type FileTrouble, toFileProblem } from './problems.ts'
import { type OnProgress, readBytes, type SourceFile } from './sourceFile.ts'
import { type ScanProblems, SNIFF_BYTES, type VolumeFormat } from './volumeFormat.ts'

export type FilesByFormat = ReadonlyMap<VolumeFormat, readonly SourceFile[]>

/** A zip in a zip is opened; an archive further down is no export of a scanner. */
const DEEPEST_ARCHIVE = 2

interface SortedFile {
  readonly format: VolumeFormat
  readonly file: SourceFile
}

/** The files of a drop by format, in their order, archives unpacked. */
export async function sortFiles(
  files: readonly SourceFile[],
  problems: ScanProblems,
  onProgress: OnProgress,
): Promise<FilesByFormat> {
  const sorter = new FileSorter(problems, onProgress)
  const sorted = await sorter.sortAll(files, null)
  const filesOf = (format: VolumeFormat) => sorted.filter((one) => one.format === format).map(({ file }) => file)
  return new Map(FORMATS.map((format) => [format, filesOf(format)]))
}

/** The archive that a file was found in: how deep it lies, and what may still be unpacked. */
interface Inside {
  readonly depth: number
  readonly budget: UnpackBudget
}

class FileSorter {
  constructor(
    private readonly problems: ScanProblems,
    private readonly onProgress: OnProgress,
  ) {}

  async sortAll(files: readonly SourceFile[], inside: Inside | null): Promise<SortedFile[]> {
    let done = 0
    const sorted = await eachFile(
      files,
      this.problems,
      (file) => this.#sort(file, inside),
      () => this.onProgress('Looking through files', ++done / files.length),
    )
    return sorted.flat()
  }

  async #sort(file: SourceFile, inside: Inside | null): Promise<SortedFile[]> {
    if (file.blob.size === 0) return this.#leaveOut(file, { code: 'empty-file' })
    const head = file.head ?? (await readBytes(file.blob, 0, SNIFF_BYTES))
    if (isDirectoryName(file.path)) return this.#leaveOutDirectory(file)
    if (isGzip(head)) return this.#sortGzip(file, inside)
    return this.#sortPlain(file, head, inside)
  }

  #sortPlain(file: SourceFile, head: Uint8Array, inside: Inside | null): SortedFile[] | Promise<SortedFile[]> {
    for (const format of FORMATS) {
      const sniffed = format.sniff(head)
      if (sniffed !== null) return sniffed === 'image' ? [{ format, file }] : this.#leaveOutDirectory(file)
    }
    if (isZip(head)) return this.#sortZip(file, inside)
    const archive = nameOtherArchive(head)
    return this.#leaveOut(file, archive ? { code: 'archive-not-read', kind: archive } : { code: 'file-not-recognised' })
  }

  async #sortZip(file: SourceFile, inside: Inside | null): Promise<SortedFile[]> {
    const within = goInto(file, inside)
    if (within.depth > DEEPEST_ARCHIVE) return this.#leaveOut(file, { code: 'zip-too-deep' })
    this.onProgress(`Unpacking ${file.path}`, null)
    return this.sortAll(await unpackZip(file, within.budget, this.problems), within)
  }

  /** Some formats read gzip by themselves, without the whole of it in memory. */
  async #sortGzip(file: SourceFile, inside: Inside | null): Promise<SortedFile[]> {
    const head = await readStart(file, SNIFF_BYTES)
    const format = FORMATS.find((one) => one.readsGzip && one.sniff(head) === 'image')
    if (format) return [{ format, file }]
    if (isGzip(head)) return this.#leaveOut(file, { code: 'zip-too-deep' })
    const isKnown = isZip(head) || FORMATS.some((one) => one.sniff(head) !== null)
    if (!isKnown) return this.#sortPlain(file, head, inside)
    const within = goInto(file, inside)
    return this.#sortPlain({ path: file.path, blob: await unpackWhole(file, within.budget) }, head, within)
  }

  #leaveOut(file: SourceFile, trouble: FileTrouble): [] {
    this.problems.files.add(trouble, file.path)
    return []
  }

  #leaveOutDirectory(file: SourceFile): [] {
    this.problems.nonImages.add({ code: 'dicom-directory' }, file.path)
    return []
  }
}

const isDirectoryName = (path: string) => path.split('/').at(-1)?.toLowerCase() === 'dicomdir'

const goInto = (file: SourceFile, inside: Inside | null): Inside => ({
  depth: (inside?.depth ?? 0) + 1,
  budget: inside?.budget ?? new UnpackBudget(file.path, file.blob.size),
})

async function unpackWhole(file: SourceFile, budget: UnpackBudget): Promise<Blob> {
  budget.expect(await readDeclaredBytes(file.blob))
  let parts: BlobPart[] = []
  let length = 0
  const openSink = () => {
    budget.spend(-length)
    parts = []
    length = 0
    return (bytes: Uint8Array) => {
      budget.spend(bytes.length)
      length += bytes.length
      parts.push(new Uint8Array(bytes))
      return true
    }
  }
  await unpackGzip(file.blob, openSink).catch((thrown: unknown) => {
    throw thrown instanceof DamagedGzip
      ? new ProblemError(toFileProblem({ code: 'gzip-damaged' }, [file.path]))
      : thrown
  })
  return new Blob(parts)
}
