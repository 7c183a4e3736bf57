import type { Volume } from '../src/domain/volume/volume.ts'

const HEADER_BYTES = 352
const INT16 = 4
const MILLIMETRES = 2
const SCANNER_COORDINATES = 1

/** A scan as one NIfTI-1 file (.nii): int16 HU, sform in RAS mm. Header fields as in NIfTI-1's nifti1.h. */
export function toNiftiFile(volume: Volume): Uint8Array<ArrayBuffer> {
  const { size, spacingMm, hu } = volume
  const bytes = new Uint8Array(HEADER_BYTES + hu.length * 2)
  const view = new DataView(bytes.buffer)
  view.setInt32(0, 348, true)
  for (const [n, value] of [3, ...size, 1, 1, 1, 1].entries()) view.setInt16(40 + 2 * n, value, true)
  view.setInt16(70, INT16, true)
  view.setInt16(72, 16, true)
  for (const [n, value] of [1, ...spacingMm].entries()) view.setFloat32(76 + 4 * n, value, true)
  view.setFloat32(108, HEADER_BYTES, true)
  view.setFloat32(112, 1, true)
  view.setUint8(123, MILLIMETRES)
  view.setInt16(254, SCANNER_COORDINATES, true)
  for (const [n, value] of toRasRows(volume).flat().entries()) view.setFloat32(280 + 4 * n, value, true)
  for (const [n, letter] of [...'n+1'].entries()) view.setUint8(344 + n, letter.charCodeAt(0))
  for (let at = 0; at < hu.length; at++) view.setInt16(HEADER_BYTES + 2 * at, hu[at], true)
  return bytes
}

/** Rows of the matrix from voxel indices to RAS mm: the volume's LPS with x and y turned round. */
function toRasRows({ spacingMm, originLpsMm, directionLps }: Volume): number[][] {
  return [-1, -1, 1].map((sign, row) => [
    ...directionLps.map((axis, n) => sign * axis[row] * spacingMm[n]),
    sign * originLpsMm[row],
  ])
}
