import type { DataSet } from 'dicom-parser'
import type { Vec3 } from '../volume.ts'
import { decodeText } from './decodeText.ts'
import { hasModalityLut } from './modalityLut.ts'
import type { OpenedDataSet } from './openDataSet.ts'
import { readAxes } from './readAxes.ts'
import { readModality } from './readModality.ts'
import { readNumber, readNumbers } from './readNumbers.ts'
import { readSourceHeader, readStudyIdentity } from './readStudyIdentity.ts'
import type { PixelDataPlace, PixelFormat, SliceHeader } from './sliceHeader.ts'

const PIXEL_DATA_TAG = 'x7fe00010'
/** Distances of pixels, mm, from below a micro-CT's to far above those of any matrix across a patient. */
const SPACING_RANGE_MM = [1e-3, 50] as const
/** Decimal strings that are read here, and how many numbers each holds. */
const COMMA_TAGS = [
  ['x00180050', 1],
  ['x00200032', 3],
  ['x00200037', 6],
  ['x00280030', 2],
  ['x00281052', 1],
  ['x00281053', 1],
] as const

/** Headers of all frames of a file: one for a plain slice, one a frame for enhanced CT. `frameCount` must be bounded. */
export function toFrames({ dataSet }: OpenedDataSet, whole: SliceHeader): SliceHeader[] {
  if (whole.frameCount === 1 && !dataSet.elements.x52009230) return [whole]
  return Array.from({ length: whole.frameCount }, (_, frameIndex) => readFrame(dataSet, whole, frameIndex))
}

/** What a file's header says of all its frames; `fileIndex` is left 0, `fault` null. */
export function parseHeader(opened: OpenedDataSet, path: string): SliceHeader {
  const { dataSet } = opened
  const text = (tag: string) => dataSet.string(tag) ?? ''
  return {
    fileIndex: 0,
    path,
    frameIndex: 0,
    frameCount: Math.max(1, readInteger(dataSet, 'x00280008') ?? 1),
    transferSyntaxUid: opened.transferSyntaxUid,
    sopInstanceUid: text('x00080018'),
    sopClassUid: text('x00080016'),
    identity: readStudyIdentity(dataSet),
    sourceHeader: readSourceHeader(dataSet),
    seriesUid: text('x0020000e'),
    seriesTime: `${text('x00080021')} ${text('x00080031')}`.trim(),
    frameOfReferenceUid: text('x00200052'),
    ...readModality(dataSet),
    seriesDescription: decodeText(dataSet, 'x0008103e'),
    studyDescription: decodeText(dataSet, 'x00081030'),
    protocolName: decodeText(dataSet, 'x00181030'),
    bodyPart: text('x00180015'),
    kernel: decodeText(dataSet, 'x00181210'),
    imageType: text('x00080008').toUpperCase().split('\\'),
    hasComma: hasComma(dataSet),
    seriesNumber: readInteger(dataSet, 'x00200011'),
    instanceNumber: readInteger(dataSet, 'x00200013'),
    acquisitionNumber: readInteger(dataSet, 'x00200012'),
    ...readPlace(dataSet),
    format: readFormat(dataSet),
    pixelData: readPixelDataPlace(opened),
    fault: null,
  }
}

/** Enhanced CT keeps position, spacing and rescale in sequences: the frame's own first, then those that all frames share. */
function readFrame(dataSet: DataSet, whole: SliceHeader, frameIndex: number): SliceHeader {
  const own = dataSet.elements.x52009230?.items?.[frameIndex]?.dataSet
  const shared = dataSet.elements.x52009229?.items?.[0]?.dataSet
  const groupOf = (tag: string) =>
    own?.elements[tag]?.items?.[0]?.dataSet ?? shared?.elements[tag]?.items?.[0]?.dataSet ?? null
  const position = groupOf('x00209113')
  const orientation = groupOf('x00209116')
  const measures = groupOf('x00289110')
  const rescale = groupOf('x00289145')
  const groups = [position, orientation, measures, rescale]
  return {
    ...whole,
    frameIndex,
    hasComma: whole.hasComma || groups.some((group) => group !== null && hasComma(group)),
    positionLpsMm: (position && readPosition(position)) ?? whole.positionLpsMm,
    ...(orientation ? readOrientation(orientation) : pickAxes(whole)),
    pixelSpacingMm: (measures && readSpacing(measures)) ?? whole.pixelSpacingMm,
    sliceThicknessMm: (measures && readNumber(measures, 'x00180050')) ?? whole.sliceThicknessMm,
    format: whole.format && rescale ? { ...whole.format, ...readRescale(rescale) } : whole.format,
  }
}

const pickAxes = ({ rowLps, columnLps, skewDegrees }: SliceHeader) => ({ rowLps, columnLps, skewDegrees })

type Place = Pick<
  SliceHeader,
  'sliceThicknessMm' | 'pixelSpacingMm' | 'positionLpsMm' | 'rowLps' | 'columnLps' | 'skewDegrees'
>

function readPlace(dataSet: DataSet): Place {
  return {
    sliceThicknessMm: readNumber(dataSet, 'x00180050'),
    pixelSpacingMm: readSpacing(dataSet),
    positionLpsMm: readPosition(dataSet),
    ...readOrientation(dataSet),
  }
}

const readPosition = (dataSet: DataSet): Vec3 | null => {
  const read = readNumbers(dataSet, 'x00200032', 3)
  return read && [read.numbers[0], read.numbers[1], read.numbers[2]]
}

function readSpacing(dataSet: DataSet): readonly [number, number] | null {
  const [rows, columns] = readNumbers(dataSet, 'x00280030', 2)?.numbers ?? [0, 0]
  const arePossible = [rows, columns].every((mm) => mm >= SPACING_RANGE_MM[0] && mm <= SPACING_RANGE_MM[1])
  return arePossible ? [rows, columns] : null
}

const readOrientation = (dataSet: DataSet) =>
  readAxes(readNumbers(dataSet, 'x00200037', 6)?.numbers ?? [0, 0, 0, 0, 0, 0])

/** Whether any of the numbers that place and scale the image was written with a comma. */
const hasComma = (dataSet: DataSet): boolean =>
  COMMA_TAGS.some(([tag, count]) => readNumbers(dataSet, tag, count)?.hasComma === true)

function readFormat(dataSet: DataSet): PixelFormat | null {
  const rows = dataSet.uint16('x00280010')
  const columns = dataSet.uint16('x00280011')
  if (!rows || !columns) return null
  const bitsAllocated = dataSet.uint16('x00280100') ?? 16
  const bitsStored = dataSet.uint16('x00280101') ?? bitsAllocated
  const signed = dataSet.uint16('x00280103') === 1
  return {
    rows,
    columns,
    bitsAllocated,
    bitsStored,
    highBit: dataSet.uint16('x00280102') ?? bitsStored - 1,
    signed,
    samplesPerPixel: dataSet.uint16('x00280002') ?? 1,
    photometricInterpretation: dataSet.string('x00280004') ?? 'MONOCHROME2',
    planarConfiguration: dataSet.uint16('x00280006') ?? 0,
    ...readRescale(dataSet),
    hasModalityLut: hasModalityLut(dataSet),
    paddingRange: readPadding(dataSet, signed),
  }
}

function readRescale(dataSet: DataSet): Pick<PixelFormat, 'slope' | 'intercept' | 'hasRescale'> {
  const slope = readWritten(dataSet, 'x00281053')
  const intercept = readWritten(dataSet, 'x00281052')
  const hasRescale = slope !== null || intercept !== null || hasModalityLut(dataSet)
  return { slope: slope ?? 1, intercept: intercept ?? 0, hasRescale }
}

/** Null where nothing is written, NaN where it is no number. */
const readWritten = (dataSet: DataSet, tag: string): number | null =>
  dataSet.string(tag)?.trim() ? (readNumber(dataSet, tag) ?? Number.NaN) : null

/** Pixel padding value and, where given, the limit of its range; US or SS as the pixels are. */
function readPadding(dataSet: DataSet, signed: boolean): readonly [number, number] | null {
  const read = (tag: string) => (signed ? dataSet.int16(tag) : dataSet.uint16(tag))
  const value = read('x00280120')
  if (value === undefined) return null
  const limit = read('x00280121') ?? value
  return [Math.min(value, limit), Math.max(value, limit)]
}

function readPixelDataPlace({ dataSet, offsetsAreOfFile }: OpenedDataSet): PixelDataPlace | null {
  const element = dataSet.elements[PIXEL_DATA_TAG]
  if (!element || element.length === 0) return null
  return {
    byteOffset: element.dataOffset,
    byteLength: offsetsAreOfFile
      ? element.length
      : Math.min(element.length, dataSet.byteArray.length - element.dataOffset),
    inWords: element.vr === 'OW',
    directlyReadable: offsetsAreOfFile,
  }
}

function readInteger(dataSet: DataSet, tag: string): number | null {
  const value = dataSet.intString(tag)
  return value !== undefined && Number.isFinite(value) ? value : null
}
