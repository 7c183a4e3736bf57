import type { Problem } from '../../base/result.ts'
import { createSaltedHasher } from '../../base/saltedHash.ts'
import { eachFile } from './eachFile.ts'
import { FORMATS, formatOf } from './formats.ts'
import { FileProblemList } from './problems.ts'
import type { ScannedSeries, ScanResult } from './scannedSeries.ts'
import { type FilesByFormat, sortFiles } from './sortFiles.ts'
import { isClutter, type OnProgress, type SourceFile } from './sourceFile.ts'
import type { Companions, ListContext, ScanProblems } from './volumeFormat.ts'

export interface ScanOptions {
  readonly onProgress: OnProgress
  /** What ids are salted with. */
  readonly salt: string
}

/**
 * Finds the CT series in dropped files, folders and zips by reading the head of each file. A bad file becomes a problem
 * that names it and never keeps the others from opening.
 */
export async function scanFiles(files: readonly SourceFile[], options: ScanOptions): Promise<ScanResult> {
  const wanted = files.filter((file) => !isClutter(file.path))
  if (wanted.length === 0) return { series: [], problems: [describeEmptyDrop()], reports: [], segmentations: [] }
  const found: ScanProblems = { files: new FileProblemList(), nonImages: new FileProblemList(), others: [] }
  const companions: Companions = { reports: [], segmentations: [] }
  const sorted = await sortFiles(wanted, found, options.onProgress)
  const series = withDistinctIds(await listAll(sorted, found, companions, options))
  series.sort((a, b) => b.summary.chestScore - a.summary.chestScore || b.summary.sliceCount - a.summary.sliceCount)
  const problems = toProblems(series, found)
  // A zip of nothing, or of what operating systems leave behind, has neither series nor a bad file to name.
  const { reports, segmentations } = companions
  const isEmpty = series.length + problems.length + reports.length + segmentations.length === 0
  return { series, problems: isEmpty ? [describeEmptyDrop()] : problems, ...companions }
}

async function listAll(
  sorted: FilesByFormat,
  problems: ScanProblems,
  companions: Companions,
  { onProgress, salt }: ScanOptions,
): Promise<ScannedSeries[]> {
  const count = [...sorted.values()].reduce((sum, files) => sum + files.length, 0)
  let done = 0
  const onRead = () => onProgress('Reading headers', ++done / count)
  const context: ListContext = {
    hasher: await createSaltedHasher(salt),
    problems,
    companions,
    each: (files, read) => eachFile(files, problems, read, onRead),
  }
  const lists = await Promise.all(FORMATS.map((format) => format.list(sorted.get(format) ?? [], context)))
  return lists.flat()
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

function toProblems(series: readonly ScannedSeries[], found: ScanProblems): Problem[] {
  const somethingOpens = series.some((entry) => entry.refusal === null)
  const refusals = series.flatMap((entry) => {
    if (entry.refusal === null) return []
    return somethingOpens && formatOf(entry).expectedRefusals.has(entry.refusal.code) ? [] : [entry.refusal]
  })
  const nonImages = somethingOpens ? [] : found.nonImages.toProblems()
  return [...found.files.toProblems(), ...found.others, ...nonImages, ...refusals]
}

const describeEmptyDrop = (): Problem => ({
  code: 'empty-drop',
  message: 'The drop holds no files to read.',
  nextStep: 'Drop a folder or zip of DICOM files, or a .nii or .nii.gz volume.',
})
