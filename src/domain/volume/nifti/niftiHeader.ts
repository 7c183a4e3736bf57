import { type NIFTI1, NIFTI2, readHeader } from 'nifti-reader-js'
import { failure, type Result, success } from '../../../base/result.ts'
import type { Vec3 } from '../volume.ts'

/** Rows of the matrix that takes a voxel index (i, j, k, 1) to RAS mm. */
export type Affine = readonly [
  readonly [number, number, number, number],
  readonly [number, number, number, number],
  readonly [number, number, number, number],
]

export interface NiftiHeader {
  readonly size: Vec3
  /** Volumes along the fourth and further dimensions. */
  readonly volumeCount: number
  readonly datatype: NiftiDatatype
  readonly littleEndian: boolean
  /** First byte of the voxels. */
  readonly voxelOffset: number
  /** value = slope · stored + intercept; slope 1, intercept 0 where the header leaves it out. */
  readonly slope: number
  readonly intercept: number
  /** The header says that its values are labels (NIFTI_INTENT_LABEL). */
  readonly isNamedLabels: boolean
  readonly indexToRasMm: Affine
  /** `assumed`: the header says neither sform nor qform. */
  readonly orientationFrom: 'sform' | 'qform' | 'assumed'
}

const DATATYPES = {
  2: 'uint8',
  4: 'int16',
  8: 'int32',
  16: 'float32',
  64: 'float64',
  256: 'int8',
  512: 'uint16',
  768: 'uint32',
  1024: 'int64',
  1280: 'uint64',
} as const

export type NiftiDatatype = (typeof DATATYPES)[keyof typeof DATATYPES]

const NAMES_OF_REFUSED: Readonly<Record<number, string>> = {
  1: 'binary',
  32: 'complex',
  128: 'RGB colour',
  1536: 'float128',
  1792: 'complex',
  2048: 'complex',
  2304: 'RGBA colour',
}

/** mm a unit of `xyzt_units`: metre, millimetre, micron; unknown counts as mm, as everywhere. */
const MM_PER_UNIT: Readonly<Record<number, number>> = { 1: 1000, 2: 1, 3: 0.001 }

/** 2 GB as HU. */
const LARGEST_VOXELS = 2 ** 30
/** Intent codes of CIFTI: values on surfaces and between regions. */
const CIFTI_INTENTS = [3000, 3099] as const
const LABEL_INTENT = 1002
/** Lengths of a voxel's edges that a scan can have, mm. */
const STEP_RANGE_MM = [1e-3, 1e3] as const
/** A first voxel farther from the scanner's centre is no patient's, mm. */
const FARTHEST_MM = 1e5

/** Reads what is needed of a NIfTI-1 or -2 header; refuses what cannot be a CT volume. `path` is for the message. */
export function parseNiftiHeader(head: Uint8Array, path: string): Result<NiftiHeader> {
  const bytes = withoutExtensions(head)
  const header = tryReadHeader(bytes)
  if (!header) return failure(describeDamaged(path))
  if (header.intent_code >= CIFTI_INTENTS[0] && header.intent_code <= CIFTI_INTENTS[1])
    return failure(describeCifti(path))
  const size = readSize(header)
  if (!size) return failure(describeNoImage(path, header))
  if (size[0] * size[1] * size[2] > LARGEST_VOXELS) return failure(describeTooLarge(path, size))
  const datatype = (DATATYPES as Readonly<Record<number, NiftiDatatype>>)[header.datatypeCode]
  if (datatype === undefined) return failure(describeType(path, header.datatypeCode))
  const voxelOffset = readVoxelOffset(header)
  if (voxelOffset === null) return failure(describeOffset(path, header.vox_offset))
  const placed = readAffine(header, bytes)
  if (!placed) return failure(describeVoxelSize(path))
  const slope = Number.isFinite(header.scl_slope) && header.scl_slope !== 0 ? header.scl_slope : null
  return success({
    size,
    volumeCount: header.dims.slice(4, header.dims[0] + 1).reduce((count, n) => count * Math.max(1, n), 1),
    datatype,
    littleEndian: header.littleEndian,
    voxelOffset,
    isNamedLabels: header.intent_code === LABEL_INTENT,
    slope: slope ?? 1,
    intercept: slope !== null && Number.isFinite(header.scl_inter) ? header.scl_inter : 0,
    ...placed,
  })
}

/** Null for what is no picture: fewer than two dimensions, or lines and single points. */
function readSize({ dims }: NIFTI1 | NIFTI2): Vec3 | null {
  if (dims[0] < 2 || dims[0] > 7) return null
  const size: Vec3 = [dims[1], dims[2], dims[0] > 2 ? dims[3] : 1]
  const isPicture = size.every((n) => n > 0) && size.filter((n) => n > 1).length >= 2
  return isPicture ? size : null
}

/** Some writers leave it 0: the voxels begin behind the header and the four bytes that announce extensions. */
function readVoxelOffset(header: NIFTI1 | NIFTI2): number | null {
  const first = header instanceof NIFTI2 ? 544 : 352
  const offset = header.vox_offset === 0 ? first : header.vox_offset
  return Number.isSafeInteger(offset) && offset >= first - 4 ? offset : null
}

/** Only the head of the file is at hand, and the reader would follow the extensions beyond its end. */
function withoutExtensions(head: Uint8Array): ArrayBuffer {
  const copy = new Uint8Array(head)
  // 540 = 0x021c is the header size of NIfTI-2, in either byte order.
  const isSecondVersion = copy[0] === 0x1c || copy[3] === 0x1c
  copy[isSecondVersion ? 540 : 348] = 0
  return copy.buffer
}

function tryReadHeader(bytes: ArrayBuffer): NIFTI1 | NIFTI2 | null {
  try {
    return readHeader(bytes)
  } catch {
    return null
  }
}

/**
 * sform before qform, as nibabel and ITK do; the reader's own `affine` field decides otherwise and is not used. Null
 * where one that is asked names what no scan has: then the voxel size beside it is not to be trusted either.
 */
function readAffine(header: NIFTI1 | NIFTI2, bytes: ArrayBuffer) {
  const mm = MM_PER_UNIT[header.xyzt_units & 7] ?? 1
  const sform = header.sform_code > 0 ? scaleAffine(readSformRows(header, bytes), mm) : null
  if (sform && isAbsurd(sform)) return null
  if (sform && isInvertible(sform)) return { indexToRasMm: sform, orientationFrom: 'sform' } as const
  const qform = header.qform_code > 0 ? scaleAffine(header.getQformMat(), mm) : null
  if (qform && isAbsurd(qform)) return null
  if (qform && isInvertible(qform)) return { indexToRasMm: qform, orientationFrom: 'qform' } as const
  const assumed = toAssumedAffine(header, mm)
  return isInvertible(assumed) ? ({ indexToRasMm: assumed, orientationFrom: 'assumed' } as const) : null
}

/** srow_x, srow_y, srow_z: floats at byte 280 (NIfTI-1), doubles at byte 400 (NIfTI-2). */
function readSformRows(header: NIFTI1 | NIFTI2, bytes: ArrayBuffer): number[][] {
  const view = new DataView(bytes)
  const isSecondVersion = header instanceof NIFTI2
  const read = (n: number) =>
    isSecondVersion
      ? view.getFloat64(400 + n * 8, header.littleEndian)
      : view.getFloat32(280 + n * 4, header.littleEndian)
  return [0, 1, 2].map((row) => [0, 1, 2, 3].map((column) => read(row * 4 + column)))
}

/** Without sform and qform: voxel sizes only, i to the Left, j to Anterior, k to Superior, centred (nibabel's base affine). */
function toAssumedAffine(header: NIFTI1 | NIFTI2, mm: number): Affine {
  const [x, y, z] = [1, 2, 3].map((n) => Math.abs(header.pixDims[n]) * mm)
  const centre = [1, 2, 3].map((n) => (header.dims[n] - 1) / 2)
  return [
    [-x, 0, 0, x * centre[0]],
    [0, y, 0, -y * centre[1]],
    [0, 0, z, -z * centre[2]],
  ]
}

const scaleAffine = (rows: readonly (readonly number[])[], mm: number): Affine =>
  [0, 1, 2].map((row) => [0, 1, 2, 3].map((column) => rows[row][column] * mm)) as unknown as Affine

const toStepsMm = ([a, b, c]: Affine): number[] => [0, 1, 2].map((n) => Math.hypot(a[n], b[n], c[n]))

/** Zeros and NaN say nothing; lengths or places that no scan has say that the header is wrong. */
const isAbsurd = (affine: Affine): boolean =>
  toStepsMm(affine).some((mm) => (mm > 0 && mm < STEP_RANGE_MM[0]) || mm > STEP_RANGE_MM[1]) ||
  affine.some((row) => Math.abs(row[3]) > FARTHEST_MM)

function isInvertible(affine: Affine): boolean {
  const [a, b, c] = affine
  const determinant =
    a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0])
  const arePossible = toStepsMm(affine).every((mm) => mm >= STEP_RANGE_MM[0] && mm <= STEP_RANGE_MM[1])
  const isPlaced = [a[3], b[3], c[3]].every(Number.isFinite)
  return arePossible && isPlaced && Math.abs(determinant) > 1e-9
}

const EXPORT_AGAIN = 'Export the volume again as a three-dimensional .nii or .nii.gz file.'

const describeDamaged = (path: string) => ({
  code: 'nifti-damaged',
  message: `${path}: the NIfTI header is damaged.`,
  nextStep: EXPORT_AGAIN,
})

const describeNoImage = (path: string, { dims }: NIFTI1 | NIFTI2) => ({
  code: 'nifti-no-image',
  message: `${path}: a NIfTI of ${dims.slice(1, 1 + Math.max(0, Math.min(7, dims[0]))).join(' × ') || '0'} voxels is neither a volume nor a picture.`,
  nextStep: EXPORT_AGAIN,
})

const describeTooLarge = (path: string, size: Vec3) => ({
  code: 'nifti-too-large',
  message: `${path}: ${size.join(' × ')} voxels are more than a browser's memory holds.`,
  nextStep: 'Export it with fewer or thicker slices.',
})

const describeCifti = (path: string) => ({
  code: 'nifti-cifti',
  message: `${path}: a CIFTI matrix of values on a surface, no image.`,
  nextStep: 'Drop the scan that it was made from.',
})

const describeOffset = (path: string, offset: number) => ({
  code: 'nifti-voxel-offset',
  message: `${path}: its header says that the voxels begin at byte ${offset}, where none can be.`,
  nextStep: EXPORT_AGAIN,
})

const describeVoxelSize = (path: string) => ({
  code: 'nifti-voxel-size',
  message: `${path}: its header names a size or a place of voxels that no scan has.`,
  nextStep: EXPORT_AGAIN,
})

const describeType = (path: string, code: number) => ({
  code: 'nifti-type',
  message: `${path}: its voxels are ${NAMES_OF_REFUSED[code] ?? `of type ${code}`}, not CT numbers.`,
  nextStep: 'Export the CT itself, as integers or floats in HU.',
})
