import { isSegmentationClass, readSegmentation } from '../../overlay/readSegmentation.ts'
import { listLeftOut, readStructureSet, STRUCTURE_SET_CLASS } from '../../overlay/structureSet/readStructureSet.ts'
import { isReportClass, readReport } from '../../report/readReport.ts'
import { InflatedTooLarge } from '../inflateAtMost.ts'
import type { FileTrouble } from '../problems.ts'
import type { SourceFile } from '../sourceFile.ts'
import type { Companions, ListContext, ScanProblems, VolumeFormat } from '../volumeFormat.ts'
import type { DicomSource } from './dicomSource.ts'
import { judgeFile, judgeRescale } from './judgeFile.ts'
import { loadDicomSeries } from './loadDicomSeries.ts'
import { type OpenedDataSet, openHeader, openWhole } from './openDataSet.ts'
import { parseHeader, toFrames } from './parseSliceHeaders.ts'
import { readMiddle } from './readMiddle.ts'
import { EXPECTED_REFUSALS } from './refuseSeries.ts'
import { isSliceOf, readSingleSlice } from './singleSlice.ts'
import { isSliceFault, type SliceHeader } from './sliceHeader.ts'
import { sniffDicom } from './sniffDicom.ts'
import { toDicomSeries } from './toDicomSeries.ts'

/** DICOM CT, a slice or several frames a file; series are put together from the headers. Structured reports and segmentations lie beside them. */
export const dicomFormat: VolumeFormat<DicomSource> = {
  name: 'dicom',
  readsGzip: false,
  expectedRefusals: EXPECTED_REFUSALS,
  sniff: sniffDicom,
  list: listDicom,
  load: loadDicomSeries,
  readMiddle,
  single: { read: readSingleSlice, isOf: isSliceOf },
}

interface ReadFile {
  readonly file: SourceFile
  readonly slices: readonly SliceHeader[]
}

async function listDicom(dropped: readonly SourceFile[], { each, hasher, problems, companions }: ListContext) {
  const read = await each(dropped, (file) => readFile(file, problems, companions))
  const slices = read.flatMap((one, fileIndex) => one.slices.map((slice) => ({ ...slice, fileIndex })))
  const files = read.map(({ file }) => file)
  const listing = await toDicomSeries(inPathOrder(slices), files, hasher)
  for (const { fault, path } of listing.withoutPlace) problems.files.add({ code: fault }, path)
  problems.others.push(...listing.problems)
  return listing.series
}

/** A browser gives the files of a drop in any order; the list must not depend on it. */
const inPathOrder = (slices: readonly SliceHeader[]): SliceHeader[] =>
  [...slices].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.frameIndex - b.frameIndex))

async function readFile(file: SourceFile, problems: ScanProblems, companions: Companions): Promise<ReadFile | null> {
  const opened = await openOrTrouble(file)
  if ('code' in opened) return leaveOut(() => problems.files.add(opened, file.path))
  if (isReportClass(opened.dataSet.string('x00080016') ?? '')) return takeReport(opened, file, problems, companions)
  if (opened.dataSet.string('x00080016') === STRUCTURE_SET_CLASS) return takeStructureSet(file, problems, companions)
  if (isSegmentationClass(opened.dataSet.string('x00080016') ?? '')) return takeSegmentation(file, problems, companions)
  const header = parseHeader(opened, file.path)
  const found = judgeFile(header, file.blob.size)
  // A slice without readable pixels keeps its place in the series, to be shown as missing.
  const fault = found && isSliceFault(found.code) && header.frameCount === 1 ? found.code : null
  const unreadable = fault ? null : found
  const slices = unreadable ? [] : toFrames(opened, { ...header, fault })
  const trouble = unreadable ?? judgeRescale(slices)
  if (trouble === null) return { file, slices }
  // Beside a scan a report needs no notice; a slice that has lost its pixels, or all that tells what it was, does.
  const isOther = header.modality !== 'CT' && header.modality !== ''
  const isExpected = trouble.code === 'dicom-not-an-image' || (header.format === null && isOther)
  return leaveOut(() => (isExpected ? problems.nonImages : problems.files).add(trouble, file.path))
}

/** A report of nothing that can be shown is told even beside a scan: whoever drops it waits for something. */
function takeReport({ dataSet }: OpenedDataSet, { path }: SourceFile, problems: ScanProblems, { reports }: Companions) {
  const report = readReport(dataSet, path)
  if (report.groups.length + report.images.length + report.sections.length > 0) reports.push(report)
  else problems.files.add({ code: 'sr-without-content' }, path)
  return null
}

async function takeSegmentation(file: SourceFile, problems: ScanProblems, { segmentations }: Companions) {
  const read = readSegmentation(await openWhole(file.blob), file.path)
  if (typeof read === 'string') problems.files.add({ code: 'seg-not-read', kind: read }, file.path)
  else segmentations.push(read)
  return null
}

/** Regions without a contour are told with those that cannot be drawn: a plan names many that nobody drew. */
async function takeStructureSet({ blob, path }: SourceFile, problems: ScanProblems, { segmentations }: Companions) {
  const read = readStructureSet(await openWhole(blob), path)
  if (typeof read === 'string')
    return leaveOut(() => problems.files.add({ code: 'rtstruct-not-read', kind: read }, path))
  if (read.leftOut.length > 0)
    problems.files.add({ code: 'rtstruct-regions-left-out', kind: listLeftOut(read.leftOut) }, path)
  segmentations.push(...read.sets)
  return null
}

function leaveOut(tell: () => void): null {
  tell()
  return null
}

async function openOrTrouble(file: SourceFile): Promise<OpenedDataSet | FileTrouble> {
  return await openHeader(file.blob).catch((thrown: unknown) => {
    if (thrown instanceof DOMException) throw thrown
    return { code: thrown instanceof InflatedTooLarge ? 'archive-bomb' : 'dicom-damaged' } as const
  })
}
