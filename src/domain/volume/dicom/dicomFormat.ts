import type { SourceFile } from '../sourceFile.ts'
import type { ListContext, ScanProblems, VolumeFormat } from '../volumeFormat.ts'
import type { DicomSource } from './dicomSource.ts'
import { loadDicomSeries } from './loadDicomSeries.ts'
import { openHeader } from './openDataSet.ts'
import { parseSliceHeaders } from './parseSliceHeaders.ts'
import { toFrameBytes } from './readFrame.ts'
import { EXPECTED_REFUSALS } from './refuseSeries.ts'
import { isNative, type SliceHeader } from './sliceHeader.ts'
import { sniffDicom } from './sniffDicom.ts'
import { toDicomSeries } from './toDicomSeries.ts'

/** DICOM CT, a slice or several frames a file; series are put together from the headers. */
export const dicomFormat: VolumeFormat<DicomSource> = {
  name: 'dicom',
  expectedRefusals: EXPECTED_REFUSALS,
  sniff: sniffDicom,
  list: listDicom,
  load: loadDicomSeries,
}

interface ReadFile {
  readonly file: SourceFile
  readonly slices: readonly SliceHeader[]
}

async function listDicom(dropped: readonly SourceFile[], { each, hasher, problems }: ListContext) {
  const read = await each(dropped, (file) => readFile(file, problems))
  const slices = read.flatMap((one, fileIndex) => one.slices.map((slice) => ({ ...slice, fileIndex })))
  const files = read.map(({ file }) => file)
  const listing = await toDicomSeries(inPathOrder(slices), files, hasher)
  problems.others.push(...listing.problems)
  return listing.series
}

/** A browser gives the files of a drop in any order; the list must not depend on it. */
const inPathOrder = (slices: readonly SliceHeader[]): SliceHeader[] =>
  [...slices].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.frameIndex - b.frameIndex))

async function readFile(file: SourceFile, problems: ScanProblems): Promise<ReadFile | null> {
  const slices = await parseOrNull(file)
  if (slices === null) return leaveOut(() => problems.files.add('dicom-damaged', file.path))
  if (slices[0].format === null || slices[0].pixelData === null) {
    const list = slices[0].modality === 'CT' ? problems.files : problems.nonImages
    return leaveOut(() => list.add('dicom-without-pixels', file.path))
  }
  if (slices.some((slice) => isCutOff(slice, file.blob.size))) {
    return leaveOut(() => problems.files.add('dicom-truncated', file.path))
  }
  return { file, slices }
}

function leaveOut(tell: () => void): null {
  tell()
  return null
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
