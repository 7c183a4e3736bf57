import { AIR_HU } from '../dicom/storedToHu.ts'
import type { NiftiDatatype, NiftiHeader } from './niftiHeader.ts'

export const BYTES_OF_DATATYPE: Readonly<Record<NiftiDatatype, number>> = {
  uint8: 1,
  int8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  float32: 4,
  float64: 8,
  int64: 8,
  uint64: 8,
}

/**
 * HU of the first volume: round(slope · stored + intercept), held inside int16; what is not a number becomes air.
 * `bytes` begins at the first voxel. Returns how many voxels are no number.
 */
export function writeNiftiHu(bytes: Uint8Array, header: NiftiHeader, hu: Int16Array): number {
  const stored = toStored(bytes, header, hu.length)
  const { slope, intercept } = header
  if (stored instanceof Int16Array && slope === 1 && intercept === 0) {
    hu.set(stored)
    return 0
  }
  let blank = 0
  for (let n = 0; n < hu.length; n++) {
    const value = Number(stored[n]) * slope + intercept
    if (Number.isNaN(value)) blank++
    hu[n] = Number.isNaN(value) ? AIR_HU : Math.max(-32768, Math.min(32767, Math.round(value)))
  }
  return blank
}

/** Voxels as they are stored, in this machine's byte order. */
export function toStored(bytes: Uint8Array, header: NiftiHeader, count: number) {
  const width = BYTES_OF_DATATYPE[header.datatype]
  // A copy: typed arrays must begin at a multiple of their width, and voxel offsets such as 352 + extensions need not.
  const own = bytes.slice(0, count * width)
  if (!header.littleEndian) swapBytes(own, width)
  const { buffer } = own
  switch (header.datatype) {
    case 'uint8':
      return new Uint8Array(buffer)
    case 'int8':
      return new Int8Array(buffer)
    case 'int16':
      return new Int16Array(buffer)
    case 'uint16':
      return new Uint16Array(buffer)
    case 'int32':
      return new Int32Array(buffer)
    case 'uint32':
      return new Uint32Array(buffer)
    case 'float32':
      return new Float32Array(buffer)
    case 'float64':
      return new Float64Array(buffer)
    case 'int64':
      return new BigInt64Array(buffer)
    case 'uint64':
      return new BigUint64Array(buffer)
  }
}

function swapBytes(bytes: Uint8Array, width: number): void {
  for (let start = 0; start < bytes.length; start += width) bytes.subarray(start, start + width).reverse()
}
