import { type Problem, ProblemError, toProblem } from '../../base/result.ts'
import { createSaltedHasher, type SaltedHasher } from '../../base/saltedHash.ts'
import { openHeader } from './dicom/openDataSet.ts'
import { parseSliceHeaders } from './dicom/parseSliceHeaders.ts'
import { toFrameBytes } from './dicom/readFrame.ts'
import { EXPECTED_REFUSALS } from './dicom/refuseSeries.ts'
import { isNative, type SliceHeader } from './dicom/sliceHeader.ts'
import { toDicomSeries } from './dicom/toDicomSeries.ts'
import { readStreamStart } from './nifti/readNiftiBytes.ts'
import { toNiftiSeries } from './nifti/toNiftiSeries.ts'
import { FileProblemList } from './problems.ts'
import type { ScannedSeries, ScanResult } from './scannedSeries.ts'
import { SNIFF_BYTES, sniffFile } from './sniffFile.ts'
import { isClutter, type OnProgress, readBytes, type SourceFile } from './sourceFile.ts'
import { unpackZip } from './unpackZip.ts'

/** Files read at the same time; reading a head is mostly waiting. */
const FILES_AT_ONCE = 8

/** What a scan gathers, file by file. */
interface Findings {
  readonly hasher: SaltedHasher
  /** All DICOM files; `SliceHeader.fileIndex` counts here. */
  readonly dicomFiles: SourceFile[]
  readonly slices: SliceHeader[]
  readonly nifti: ScannedSeries[]
  readonly fileProblems: FileProblemList
  readonly otherProblems: Problem[]
  /** Reports, plans and other DICOM without an image: named only where nothing opens. */
  readonly nonImages: FileProblemList
}

export interface ScanOptions {
  readonly onProgress: OnProgress
  /** What ids are salted with. */
  readonly salt: string
}

/**
 * Finds the CT series in dropped files, folders and zips by reading the head of each file. A bad file becomes a problem
 * that names it and never keeps the others from opening.
 */
export async function scanFiles(files: readonly SourceFile[], { onProgress, salt }: ScanOptions): Promise<ScanResult> {
  const wanted = files.filter((file) => !isClutter(file.path))
  if (wanted.length === 0) return { series: [], problems: [describeEmptyDrop()] }
  const findings: Findings = {
    hasher: await createSaltedHasher(salt),
    dicomFiles: [],
    slices: [],
    nifti: [],
    fileProblems: new FileProblemList(),
    otherProblems: [],
    nonImages: new FileProblemList(),
  }
  await scanAll(wanted, findings, onProgress, true)
  const dicom = await toDicomSeries(inDropOrder(findings.slices), findings.dicomFiles, findings.hasher)
  findings.otherProblems.push(...dicom.problems)
  const series = withDistinctIds([...findings.nifti, ...dicom.series])
  series.sort((a, b) => b.summary.chestScore - a.summary.chestScore || b.summary.sliceCount - a.summary.sliceCount)
  const problems = toProblems(series, findings)
  // A zip of nothing, or of what operating systems leave behind, has neither series nor a bad file to name.
  return { series, problems: series.length + problems.length > 0 ? problems : [describeEmptyDrop()] }
}

/** The same file may be given twice; each is an entry of the list. */
function withDistinctIds(series: readonly ScannedSeries[]): ScannedSeries[] {
  const counts = new Map<string, number>()
  return series.map((entry) => {
    const count = (counts.get(entry.summary.id) ?? 0) + 1
    counts.set(entry.summary.id, count)
    return count === 1 ? entry : { ...entry, summary: { ...entry.summary, id: `${entry.summary.id}-${count}` } }
  })
}

/** Files are read side by side and finish in any order; the result must not depend on it. */
const inDropOrder = (slices: readonly SliceHeader[]): SliceHeader[] =>
  [...slices].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.frameIndex - b.frameIndex))

async function scanAll(files: readonly SourceFile[], findings: Findings, onProgress: OnProgress, mayUnpack: boolean) {
  let next = 0
  let done = 0
  const scanOneByOne = async () => {
    while (next < files.length) {
      const file = files[next++]
      await scanFile(file, findings, onProgress, mayUnpack)
      done++
      onProgress('Reading headers', done / files.length)
    }
  }
  await Promise.all(Array.from({ length: Math.min(FILES_AT_ONCE, files.length) }, scanOneByOne))
}

async function scanFile(file: SourceFile, findings: Findings, onProgress: OnProgress, mayUnpack: boolean) {
  try {
    await scanKnownFile(file, findings, onProgress, mayUnpack)
  } catch (thrown) {
    if (thrown instanceof ProblemError) findings.otherProblems.push(thrown.problem)
    else if (isReadError(thrown)) findings.fileProblems.add('file-unreadable', file.path)
    else findings.otherProblems.push(toProblem(thrown))
  }
}

/** A file that was moved, changed or forbidden after the drop. */
const isReadError = (thrown: unknown) =>
  thrown instanceof DOMException && (thrown.name === 'NotReadableError' || thrown.name === 'NotFoundError')

async function scanKnownFile(file: SourceFile, findings: Findings, onProgress: OnProgress, mayUnpack: boolean) {
  const { fileProblems } = findings
  if (file.blob.size === 0) return fileProblems.add('empty-file', file.path)
  const kind = sniffFile(await readBytes(file.blob, 0, SNIFF_BYTES))
  if (kind === 'dicomdir') return
  if (kind === 'dicom') return scanDicom(file, findings)
  if (kind === 'nifti' || kind === 'nifti-pair' || kind === 'gzip') return scanNiftiFile(file, findings)
  if (kind !== 'zip' || !mayUnpack) return fileProblems.add('file-not-recognised', file.path)
  onProgress(`Unpacking ${file.path}`, null)
  await scanAll(await unpackZip(file), findings, onProgress, false)
}

async function scanDicom(file: SourceFile, findings: Findings): Promise<void> {
  const slices = await parseOrNull(file)
  if (slices === null) return findings.fileProblems.add('dicom-damaged', file.path)
  if (slices[0].format === null || slices[0].pixelData === null) {
    const isCt = slices[0].modality === 'CT'
    return (isCt ? findings.fileProblems : findings.nonImages).add('dicom-without-pixels', file.path)
  }
  if (slices.some((slice) => isCutOff(slice, file.blob.size))) {
    return findings.fileProblems.add('dicom-truncated', file.path)
  }
  const fileIndex = findings.dicomFiles.push(file) - 1
  findings.slices.push(...slices.map((slice) => ({ ...slice, fileIndex })))
}

async function parseOrNull(file: SourceFile): Promise<SliceHeader[] | null> {
  const opened = await openHeader(file.blob).catch((thrown: unknown) => {
    if (thrown instanceof DOMException) throw thrown
    return null
  })
  return opened && parseSliceHeaders(opened, file.path)
}

/** Known from the header alone for uncompressed pixels; codecs find it out for the others. */
function isCutOff({ format, pixelData, frameCount, transferSyntaxUid }: SliceHeader, fileBytes: number): boolean {
  // Colour is refused later, and its chroma may be stored at half size.
  if (format?.samplesPerPixel !== 1 || !pixelData?.directlyReadable || !isNative(transferSyntaxUid)) return false
  return pixelData.byteOffset + toFrameBytes(format) * frameCount > fileBytes
}

async function scanNiftiFile(file: SourceFile, findings: Findings): Promise<void> {
  const head = await readStreamStart(file, SNIFF_BYTES)
  const kind = sniffFile(head)
  if (kind === 'nifti-pair') return findings.fileProblems.add('nifti-pair', file.path)
  if (kind !== 'nifti') return findings.fileProblems.add('file-not-recognised', file.path)
  const scanned = toNiftiSeries(file, head, findings.hasher)
  if (scanned.ok) findings.nifti.push(scanned.value)
  else findings.otherProblems.push(scanned.problem)
}

function toProblems(series: readonly ScannedSeries[], findings: Findings): Problem[] {
  const somethingOpens = series.some((entry) => entry.refusal === null)
  const refusals = series.flatMap((entry) => {
    if (entry.refusal === null) return []
    return somethingOpens && EXPECTED_REFUSALS.has(entry.refusal.code) ? [] : [entry.refusal]
  })
  const nonImages = somethingOpens ? [] : findings.nonImages.toProblems()
  return [...findings.fileProblems.toProblems(), ...findings.otherProblems, ...nonImages, ...refusals]
}

const describeEmptyDrop = (): Problem => ({
  code: 'empty-drop',
  message: 'The drop holds no files to read.',
  nextStep: 'Drop a folder or zip of DICOM files, or a .nii or .nii.gz volume.',
})
