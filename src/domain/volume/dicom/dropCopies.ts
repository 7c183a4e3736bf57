import { readBytes, type SourceFile } from '../sourceFile.ts'
import { isNative, type SliceHeader, toFrameBytes } from './sliceHeader.ts'

/**
 * The same instance dropped twice (two folders, a zip beside its content) counts once. Anonymisation may give different
 * scans the same UIDs throughout: a copy has the same header and the same pixels, byte for byte.
 */
export async function dropCopies(slices: readonly SliceHeader[], files: readonly SourceFile[]): Promise<SliceHeader[]> {
  const kept = new Map<string, SliceHeader[]>()
  for (const slice of slices) {
    const key = toHeaderKey(slice)
    const same = kept.get(key) ?? []
    if (!(await hasCopy(same, slice, files))) kept.set(key, [...same, slice])
  }
  const left = new Set([...kept.values()].flat())
  return slices.filter((slice) => left.has(slice))
}

/** All that the header says, but for where the file lies. */
function toHeaderKey(slice: SliceHeader): string {
  const { fileIndex, path, pixelData, format, ...said } = slice
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

/** What cannot be read is no scan to keep. */
async function hasSamePixels(a: SliceHeader, b: SliceHeader, files: readonly SourceFile[]): Promise<boolean> {
  try {
    const [one, other] = await Promise.all([readPixels(a, files), readPixels(b, files)])
    return one.length === other.length && one.every((byte, n) => byte === other[n])
  } catch {
    return true
  }
}

/** The bytes of a frame, or where they cannot be told apart from others, of all pixels. */
function readPixels(slice: SliceHeader, files: readonly SourceFile[]): Promise<Uint8Array> {
  const { fileIndex, pixelData, format, frameIndex, transferSyntaxUid } = slice
  const { blob } = files[fileIndex]
  if (!pixelData?.directlyReadable) return readBytes(blob)
  if (!isNative(transferSyntaxUid) || !format) return readBytes(blob, pixelData.byteOffset, blob.size)
  const start = pixelData.byteOffset + toFrameBytes(format) * frameIndex
  return readBytes(blob, start, Math.min(start + toFrameBytes(format), blob.size))
}
