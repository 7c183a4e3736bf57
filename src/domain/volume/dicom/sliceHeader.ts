import type { StudyIdentity } from '../../study/studyIdentity.ts'
import type { SourceHeader } from '../sourceSlices.ts'
import type { Vec3 } from '../volume.ts'

/** How the stored numbers of a frame become HU. */
export interface PixelFormat {
  readonly rows: number
  readonly columns: number
  readonly bitsAllocated: number
  readonly bitsStored: number
  readonly highBit: number
  readonly signed: boolean
  readonly samplesPerPixel: number
  readonly photometricInterpretation: string
  readonly planarConfiguration: number
  /** HU = slope · stored + intercept; NaN where the header writes what is no number. */
  readonly slope: number
  readonly intercept: number
  /** True where a table of HU stands in place of slope and intercept; it is read with the pixels. */
  readonly hasModalityLut: boolean
  /** False where the header has no rescale and slope 1, intercept 0 were assumed. */
  readonly hasRescale: boolean
  /** Stored values, both ends included, that mark pixels outside the reconstruction. */
  readonly paddingRange: readonly [number, number] | null
}

/** Where the bytes of the pixel data lie in the file. */
export interface PixelDataPlace {
  readonly byteOffset: number
  /** 0xffffffff where encapsulated; of a deflated file only what could be unpacked. */
  readonly byteLength: number
  /** True where 8-bit pixels lie two in a word (VR OW). */
  readonly inWords: boolean
  /** False where the offset does not count in the file itself: deflated, or a header that had to be completed. */
  readonly directlyReadable: boolean
}

/** One frame of one DICOM file, as its header tells. Whose it is stays in memory (`StudyIdentity`). */
export interface SliceHeader {
  /** Index in the list of files that were scanned together. */
  readonly fileIndex: number
  readonly path: string
  /** Frame of a multi-frame file, else 0. */
  readonly frameIndex: number
  readonly frameCount: number
  readonly transferSyntaxUid: string
  readonly sopInstanceUid: string
  readonly sopClassUid: string
  readonly identity: StudyIdentity
  readonly sourceHeader: SourceHeader
  readonly seriesUid: string
  /** Date and time of the series as one text; empty where neither is named. */
  readonly seriesTime: string
  readonly frameOfReferenceUid: string
  readonly modality: string
  /** The header names no modality, and the SOP class says CT. */
  readonly isModalityAssumed: boolean
  readonly seriesDescription: string
  readonly studyDescription: string
  readonly protocolName: string
  readonly bodyPart: string
  readonly kernel: string
  readonly imageType: readonly string[]
  readonly seriesNumber: number | null
  readonly instanceNumber: number | null
  readonly acquisitionNumber: number | null
  readonly sliceThicknessMm: number | null
  /** Distance of rows, then of columns, as the header orders them. */
  readonly pixelSpacingMm: readonly [number, number] | null
  /** Centre of the first pixel. */
  readonly positionLpsMm: Vec3 | null
  /** Unit vectors along a row (column index increases) and down a column, at right angles. */
  readonly rowLps: Vec3 | null
  readonly columnLps: Vec3 | null
  /** Degrees by which the header's own row and column miss the right angle; null where that is no more than rounding. */
  readonly skewDegrees: number | null
  /** A number of the header was written with a decimal comma. */
  readonly hasComma: boolean
  readonly format: PixelFormat | null
  readonly pixelData: PixelDataPlace | null
  /** Why its pixels cannot be read, though its place is known. */
  readonly fault: SliceFault | null
}

/** The file, or its pixel data, ends before the last pixel; or its header names bits or a size that pixels cannot have. */
export type SliceFault = 'dicom-truncated' | 'dicom-pixel-format'

const FAULTS: ReadonlySet<string> = new Set<SliceFault>(['dicom-truncated', 'dicom-pixel-format'])

export const isSliceFault = (code: string): code is SliceFault => FAULTS.has(code)

/** False where nothing but the place of a slice can be had. */
export const isReadable = ({ fault, format }: SliceHeader): boolean => fault === null && format?.samplesPerPixel === 1

export const TRANSFER_SYNTAX = {
  implicitLittleEndian: '1.2.840.10008.1.2',
  explicitLittleEndian: '1.2.840.10008.1.2.1',
  deflatedLittleEndian: '1.2.840.10008.1.2.1.99',
  explicitBigEndian: '1.2.840.10008.1.2.2',
  /** GE's own: implicit little endian, but for pixels, which are big endian. */
  implicitGe: '1.2.840.113619.5.2',
} as const

const NATIVE_SYNTAXES: ReadonlySet<string> = new Set(Object.values(TRANSFER_SYNTAX))

/** True where the pixels are plain numbers that need no codec. */
export const isNative = (transferSyntaxUid: string): boolean => NATIVE_SYNTAXES.has(transferSyntaxUid)

const BIG_ENDIAN_PIXELS: ReadonlySet<string> = new Set([TRANSFER_SYNTAX.explicitBigEndian, TRANSFER_SYNTAX.implicitGe])

/** Byte order of pixels that need no codec. */
export const hasLittleEndianPixels = (transferSyntaxUid: string): boolean => !BIG_ENDIAN_PIXELS.has(transferSyntaxUid)
/** Bytes of one uncompressed frame. */
export const toFrameBytes = (format: PixelFormat): number =>
  format.rows * format.columns * format.samplesPerPixel * (format.bitsAllocated / 8)
