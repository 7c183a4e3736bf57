import { Gunzip } from 'fflate'
import { crc32 } from '../crc32.ts'
import { readBytes } from '../sourceFile.ts'

/** Bytes given to the inflater at a time; it unpacks each by at most 1,032 times, which bounds what it makes at once. */
const STEP_BYTES = 64 * 1024
/** Deflate packs at most this many bytes into one. */
export const LARGEST_RATIO = 1032
/** CRC-32 and length behind every member. */
const TRAILER_BYTES = 8

export const isGzip = ([first, second]: Uint8Array): boolean => first === 0x1f && second === 0x8b

/** As much may stand behind the last member. */
const LONGEST_PADDING_BYTES = 1024 ** 2

/** What the last member says of its unpacked length; less than all where there are several, or 4 GB. */
export async function readDeclaredBytes(file: Blob): Promise<number> {
  const end = await readBytes(file, Math.max(0, file.size - 4))
  const declaredBytes = end.length < 4 ? 0 : new DataView(end.buffer).getUint32(0, true)
  // More than can be packed: something else stands behind the last member.
  return declaredBytes <= file.size * LARGEST_RATIO ? declaredBytes : 0
}

/** Its data is damaged, or it ends before a member is whole. */
export class DamagedGzip extends Error {}

/** Takes the next bytes; false where it wants no more. */
export type Sink = (bytes: Uint8Array) => boolean

/**
 * Unpacks gzip of any number of members (bgzip writes thousands, `cat a.gz b.gz` two), each held against its CRC, as far
 * as the sink wants to read. What stands behind the last member, zeros above all, is left alone, as gzip does.
 *
 * The browser's own DecompressionStream is three times as fast and is asked first; but Chromium's refuses a second member
 * and trailing zeros, which Node's takes. Then all is unpacked again, into a new sink. Throws DamagedGzip.
 */
export async function unpackGzip(file: Blob, openSink: () => Sink): Promise<void> {
  if (!(await unpackByBrowser(file, openSink()))) await unpackMembers(file, openSink())
}

/** False where the browser refuses it. What the sink throws is thrown. */
async function unpackByBrowser(file: Blob, sink: Sink): Promise<boolean> {
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  const read = () => reader.read().catch(() => null)
  try {
    for (let part = await read(); part !== null; part = await read()) {
      if (part.done || !sink(part.value)) return true
    }
    return false
  } finally {
    // Cancelling a stream that has failed rejects with the same cause once more.
    await reader.cancel().catch(() => undefined)
  }
}

async function unpackMembers(file: Blob, sink: Sink): Promise<void> {
  const members = new MemberCheck()
  let isWanted = true
  const gunzip = new Gunzip((bytes) => {
    members.takeUnpacked(bytes)
    if (isWanted) isWanted = sink(bytes)
  })
  gunzip.onmember = (start) => members.endBefore(start)
  for (let at = 0; at < file.size && isWanted; at += STEP_BYTES) {
    const bytes = await readBytes(file, at, Math.min(at + STEP_BYTES, file.size))
    members.takePacked(bytes, at)
    try {
      gunzip.push(bytes, at + STEP_BYTES >= file.size)
    } catch (thrown) {
      if (!isInflaterError(thrown)) throw thrown
      // No further member begins here. Whether the last one was whole is seen below.
      break
    }
  }
  if (isWanted) members.expectWhole(await readBytes(file, Math.max(0, file.size - LONGEST_PADDING_BYTES)))
}

/** fflate's errors carry a number. */
const isInflaterError = (thrown: unknown) =>
  thrown instanceof Error && typeof (thrown as { code?: unknown }).code === 'number'

/** Holds what was unpacked of each member against its trailer: CRC-32 and length, four bytes each. */
class MemberCheck {
  #crc = 0
  #length = 0
  /** The end of what was read before, and what is read now. */
  #packed = new Uint8Array(0)
  #packedAt = 0

  takeUnpacked(bytes: Uint8Array): void {
    this.#crc = crc32(bytes, this.#crc)
    this.#length += bytes.length
  }

  takePacked(bytes: Uint8Array, at: number): void {
    const before = this.#packed.subarray(-TRAILER_BYTES)
    this.#packed = new Uint8Array(before.length + bytes.length)
    this.#packed.set(before)
    this.#packed.set(bytes, before.length)
    this.#packedAt = at - before.length
  }

  /** A member begins at `start`, so that the last one's trailer stands before it. */
  endBefore(start: number): void {
    const at = start - TRAILER_BYTES - this.#packedAt
    const trailer = this.#packed.subarray(at, at + TRAILER_BYTES)
    const expected = this.#toTrailer()
    if (!expected.every((byte, n) => byte === trailer[n])) throw new DamagedGzip()
    this.#crc = 0
    this.#length = 0
  }

  /** Of the last member nothing tells where it ends: its trailer must be found near the end of the file. */
  expectWhole(end: Uint8Array): void {
    const expected = this.#toTrailer()
    for (let at = end.length - TRAILER_BYTES; at >= 0; at--) {
      if (expected.every((byte, n) => byte === end[at + n])) return
    }
    throw new DamagedGzip()
  }

  #toTrailer(): Uint8Array {
    const view = new DataView(new ArrayBuffer(TRAILER_BYTES))
    view.setUint32(0, this.#crc, true)
    view.setUint32(4, this.#length % 2 ** 32, true)
    return new Uint8Array(view.buffer)
  }
}
