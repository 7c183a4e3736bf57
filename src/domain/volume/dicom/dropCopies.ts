import { readBytes, type SourceFile } from '../sourceFile.ts'
import { toFrameBytes } from './readFrame.ts'
import { isNative, type SliceHeader } from './sliceHeader.ts'

/** Bytes of the pixels that are compared, from their middle: there the patient lies. */
const COMPARED_BYTES = 4096

/**
 * The same instance dropped twice (two folders, a zip beside its content) counts once. Anonymisation may give different
 * scans the same UIDs throughout: a copy has the same header and, as far as they can be compared, the same pixels.
 */
export async function dropCopies(slices: readonly SliceHeader[], files: readonly SourceFile[]): Promise<SliceHeader[]> {
  const kept = new Map<string, SliceHeader[]>()
  for (const slice of slices) {
    const key = slice.sopInstanceUid === '' ? `${slice.path}/${slice.frameIndex}/${kept.size}` : toHeaderKey(slice)
    const same = kept.get(key) ?? []
    if (!(await hasCopy(same, slice, files))) kept.set(key, [...same, slice])
  }
  const left = new Set([...kept.values()].flat())
  return slices.filter((slice) => left.has(slice))
}

/** All that the header says, but for where the file lies and how its pixels are written. */
function toHeaderKey(slice: SliceHeader): string {
  const { fileIndex, path, transferSyntaxUid, pixelData, format, ...said } = slice
  return JSON.stringify([said, format?.columns, format?.rows])
}

async function hasCopy(
  kept: readonly SliceHeader[],
  slice: SliceHeader,
  files: readonly SourceFile[],
): Promise<boolean> {
  for (const other of kept) if (await hasSamePixels(other, slice, files)) return true
  return false
}

/** Pixels that are written in different ways cannot be compared as bytes; what cannot be read is no scan to keep. */
async function hasSamePixels(a: SliceHeader, b: SliceHeader, files: readonly SourceFile[]): Promise<boolean> {
  if (a.transferSyntaxUid !== b.transferSyntaxUid) return true
  try {
    const [one, other] = await Promise.all([readSample(a, files), readSample(b, files)])
    return one.length === other.length && one.every((byte, n) => byte === other[n])
  } catch {
    return true
  }
}

function readSample(
  { fileIndex, pixelData, format, frameIndex, transferSyntaxUid }: SliceHeader,
  files: readonly SourceFile[],
) {
  const { blob } = files[fileIndex]
  const isPlain = pixelData?.directlyReadable && isNative(transferSyntaxUid) && format
  const start = isPlain
    ? pixelData.byteOffset + Math.floor(toFrameBytes(format) * (frameIndex + 0.5))
    : Math.floor(blob.size / 2)
  return readBytes(blob, start, Math.min(start + COMPARED_BYTES, blob.size))
}
