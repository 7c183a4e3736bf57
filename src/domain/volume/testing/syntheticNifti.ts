export interface SyntheticNifti {
  readonly size?: readonly number[]
  readonly spacingMm?: readonly [number, number, number]
  readonly datatype?: number
  readonly bytesPerVoxel?: number
  readonly bigEndian?: boolean
  readonly slope?: number
  readonly intercept?: number
  readonly sformRows?: readonly (readonly number[])[]
  readonly quaternion?: readonly [number, number, number]
  readonly offsetMm?: readonly [number, number, number]
  readonly extensionFlag?: boolean
  readonly magic?: string
  readonly writeVoxel?: (view: DataView, byteOffset: number, n: number, littleEndian: boolean) => void
}

/** Bytes of a NIfTI-1 file whose voxel n holds −1000 + n as int16, unless told otherwise; for tests only. */
export function writeSyntheticNifti(options: SyntheticNifti = {}): Uint8Array<ArrayBuffer> {
  const { size = [3, 4, 5], spacingMm = [1, 1, 1], datatype = 4, bytesPerVoxel = 2 } = options
  const littleEndian = options.bigEndian !== true
  const count = size.reduce((product, n) => product * n, 1)
  const voxelOffset = options.extensionFlag ? 384 : 352
  const view = new DataView(new ArrayBuffer(voxelOffset + count * bytesPerVoxel))
  view.setInt32(0, 348, littleEndian)
  for (const [n, value] of [size.length, ...size].entries()) view.setInt16(40 + n * 2, value, littleEndian)
  view.setInt16(70, datatype, littleEndian)
  view.setInt16(72, bytesPerVoxel * 8, littleEndian)
  for (const [n, value] of [1, ...spacingMm].entries()) view.setFloat32(76 + n * 4, value, littleEndian)
  view.setFloat32(108, voxelOffset, littleEndian)
  view.setFloat32(112, options.slope ?? 0, littleEndian)
  view.setFloat32(116, options.intercept ?? 0, littleEndian)
  view.setUint8(123, 2)
  writePlacement(view, options, littleEndian)
  for (const [n, letter] of [...(options.magic ?? 'n+1')].entries()) view.setUint8(344 + n, letter.charCodeAt(0))
  if (options.extensionFlag) writeExtension(view, littleEndian)
  const writeVoxel = options.writeVoxel ?? ((target, at, n, le) => target.setInt16(at, n - 1000, le))
  for (let n = 0; n < count; n++) writeVoxel(view, voxelOffset + n * bytesPerVoxel, n, littleEndian)
  return new Uint8Array(view.buffer)
}

function writePlacement(view: DataView, options: SyntheticNifti, littleEndian: boolean): void {
  if (options.quaternion) {
    view.setInt16(252, 1, littleEndian)
    for (const [n, value] of [...options.quaternion, ...(options.offsetMm ?? [0, 0, 0])].entries()) {
      view.setFloat32(256 + n * 4, value, littleEndian)
    }
  }
  if (options.sformRows) {
    view.setInt16(254, 1, littleEndian)
    for (const [n, value] of options.sformRows.flat().entries()) view.setFloat32(280 + n * 4, value, littleEndian)
  }
}

/** A comment extension of 32 bytes, which lies beyond the head that the scanner reads of larger files. */
function writeExtension(view: DataView, littleEndian: boolean): void {
  view.setUint8(348, 1)
  view.setInt32(352, 32, littleEndian)
  view.setInt32(356, 6, littleEndian)
}
