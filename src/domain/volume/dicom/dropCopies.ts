import { crc32 } from '../crc32.ts'
import { readBytes, type SourceFile } from '../sourceFile.ts'

import { isNative, isReadable, type SliceHeader, toFrameBytes } from './sliceHeader.ts'

/**
 * The same instance dropped twice (two folders, a zip beside its content) counts once. Anonymisation may give different
 * scans the same UIDs throughout: a copy has the same header and the same pixels, byte for byte. One that is cut off early
 * is a copy as far as it goes, and the longer one is kept.
 */
export async function dropCopies(slices: readonly SliceHeader[], files: readonly SourceFile[]): Promise<SliceHeader[]> {
  const comparison = new PixelComparison(files)
  const kept = new Map<string, SliceHeader[]>()
  for (const slice of slices) {
    const key = toHeaderKey(slice)
    const same = kept.get(key) ?? []
    const at = await comparison.findCopy(same, slice)
    if (at === -1) same.push(slice)
    else if (comparison.isLonger(slice, same[at])) same[at] = slice
    kept.set(key, same)
  }
  const left = new Set([...kept.values()].flat())
  return slices.filter((slice) => left.has(slice))
}

/** All that the header says, but for where the file lies and how far it goes. */
function toHeaderKey(slice: SliceHeader): string {
  const { fileIndex, path, pixelData, fault, ...said } = slice
  return JSON.stringify(said)
}

/** Where the pixels of a slice lie: those of its frame or, where frames cannot be told apart unread, of all. */
interface PixelRange {
  readonly fileIndex: number
  readonly start: number
  readonly end: number
}

/** Bytes by which most pixels that are not equal are told apart without reading them all. */
const PROBE_BYTES = 64

/** Tells equal pixels, reading no more often than it must: a hostile drop may hold hundreds of slices of one header. */
class PixelComparison {
  readonly #files: readonly SourceFile[]
  readonly #sums = new Map<string, Promise<number>>()
  readonly #equal = new Map<string, Promise<boolean>>()

  constructor(files: readonly SourceFile[]) {
    this.#files = files
  }

  /** Index of the slice that has the same pixels, or -1. */
  async findCopy(kept: readonly SliceHeader[], slice: SliceHeader): Promise<number> {
    for (const [n, other] of kept.entries())
      if (await this.#isEqual(this.#toRange(other), this.#toRange(slice))) return n
    return -1
  }

  /** A whole file is preferred to a cut one even where its pixel data is packed more tightly. */
  isLonger(slice: SliceHeader, than: SliceHeader): boolean {
    if (isReadable(slice) !== isReadable(than)) return isReadable(slice)
    return toLength(this.#toRange(slice)) > toLength(this.#toRange(than))
  }

  #toRange({ fileIndex, pixelData, format, frameIndex, transferSyntaxUid }: SliceHeader): PixelRange {
    const { size } = this.#files[fileIndex].blob
    if (!pixelData?.directlyReadable) return { fileIndex, start: 0, end: size }
    if (!isNative(transferSyntaxUid) || !format) return { fileIndex, start: pixelData.byteOffset, end: size }
    const start = pixelData.byteOffset + toFrameBytes(format) * frameIndex
    const elementEnd = pixelData.byteOffset + pixelData.byteLength
    return { fileIndex, start, end: Math.min(start + toFrameBytes(format), elementEnd, size) }
  }

  /** What cannot be read is no scan to keep. */
  #isEqual(a: PixelRange, b: PixelRange): Promise<boolean> {
    // Frames of one file whose header tells them apart in nothing.
    if (a.fileIndex === b.fileIndex && a.start === b.start) return Promise.resolve(false)
    return remember(this.#equal, `${toKey(a)} ${toKey(b)}`, () => this.#compare(a, b).catch(() => true))
  }

  async #compare(a: PixelRange, b: PixelRange): Promise<boolean> {
    const length = Math.min(toLength(a), toLength(b))
    if (toLength(a) === toLength(b)) return this.#haveSameBytes(a, b)
    const [headA, headB] = [a, b].map((range) => ({ ...range, end: range.start + length }))
    const [tailA, tailB] = [headA, headB].map((range) => ({
      ...range,
      start: Math.max(range.start, range.end - PROBE_BYTES),
    }))
    return (await this.#haveSameBytes(tailA, tailB)) && this.#haveSameBytes(headA, headB)
  }

  async #haveSameBytes(a: PixelRange, b: PixelRange): Promise<boolean> {
    const [sumA, sumB] = await Promise.all([this.#toSum(a), this.#toSum(b)])
    if (sumA !== sumB) return false
    const [one, other] = await Promise.all([this.#read(a), this.#read(b)])
    for (let n = 0; n < one.length; n++) if (one[n] !== other[n]) return false
    return true
  }

  #toSum(range: PixelRange): Promise<number> {
    return remember(this.#sums, toKey(range), async () => crc32(await this.#read(range)))
  }

  #read({ fileIndex, start, end }: PixelRange): Promise<Uint8Array> {
    return readBytes(this.#files[fileIndex].blob, start, end)
  }
}

const toLength = ({ start, end }: PixelRange): number => Math.max(0, end - start)

const toKey = ({ fileIndex, start, end }: PixelRange): string => `${fileIndex}:${start}-${end}`

function remember<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const found = known.get(key) ?? make()
  known.set(key, found)
  return found
}
