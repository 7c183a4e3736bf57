import { isGzip, unpackGzip } from '../archive/gzipStream.ts'
import { toLikelyBytes } from '../archive/unpackBudget.ts'
import { readBytes, type SourceFile } from '../sourceFile.ts'
import type { NiftiHeader } from './niftiHeader.ts'
import { BYTES_OF_DATATYPE, toStored } from './niftiVoxels.ts'

/** Bytes of a plain file that are read at a time. */
const STEP_BYTES = 4 * 1024 ** 2

/** Values from the voxel `first` on, in the order of the file; false where no more are wanted. */
export type TakeVoxels = (values: ArrayLike<number>, first: number) => boolean

/**
 * Gives the values (slope · stored + intercept) of the first volume part by part, so that it is never whole in memory. `openTake`: where a
 * gzip has to be unpacked by another way, all begins again. What is cut off ends early. Throws DamagedGzip.
 */
export async function streamVoxels({ blob }: SourceFile, header: NiftiHeader, openTake: () => TakeVoxels) {
  if (isGzip(await readBytes(blob, 0, 2)))
    return unpackGzip(blob, () => toSink(header, openTake(), toLikelyBytes(blob.size)))
  const sink = toSink(header, openTake(), 0)
  for (let at = 0, isWanted = true; at < blob.size && isWanted; at += STEP_BYTES)
    isWanted = sink(await readBytes(blob, at, Math.min(blob.size, at + STEP_BYTES)))
}

/** Bytes of a file in parts of any length, as whole voxels; as many more are read so that the checksum at the end is seen. */
function toSink(header: NiftiHeader, take: TakeVoxels, mostBeyond: number): (bytes: Uint8Array) => boolean {
  const width = BYTES_OF_DATATYPE[header.datatype]
  const count = header.size[0] * header.size[1] * header.size[2]
  let toSkip = header.voxelOffset
  let first = 0
  let beyond = 0
  let rest = new Uint8Array(0)
  return (bytes) => {
    const skipped = Math.min(toSkip, bytes.length)
    toSkip -= skipped
    const part = joinBytes(rest, bytes.subarray(skipped))
    const whole = Math.min(count - first, Math.floor(part.length / width))
    rest = part.slice(whole * width)
    if (whole > 0 && !take(toValues(part, header, whole), first)) return false
    first += whole
    if (first < count) return true
    beyond += rest.length
    rest = new Uint8Array(0)
    return beyond < mostBeyond
  }
}

function joinBytes(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b
  const joined = new Uint8Array(a.length + b.length)
  joined.set(a)
  joined.set(b, a.length)
  return joined
}

function toValues(bytes: Uint8Array, header: NiftiHeader, count: number): ArrayLike<number> {
  const stored = toStored(bytes, header, count)
  const { slope, intercept } = header
  const isPlain = slope === 1 && intercept === 0
  if (isPlain && !(stored instanceof BigInt64Array) && !(stored instanceof BigUint64Array)) return stored
  return Float64Array.from({ length: count }, (_, n) => Number(stored[n]) * slope + intercept)
}
