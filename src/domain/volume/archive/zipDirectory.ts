import { readBytes } from '../sourceFile.ts'
import type { ArchiveReader } from './archiveReader.ts'

/** One file of a zip, as its central directory tells. */
export interface ZipEntry {
  readonly name: string
  /** 0: stored, 8: deflated. */
  readonly method: number
  readonly isEncrypted: boolean
  readonly packedBytes: number
  readonly unpackedBytes: number
  readonly crc32: number
  /** Where its local header lies in the archive. */
  readonly headerOffset: number
}

const END = 0x06054b50
const END_64 = 0x06064b50
const END_64_LOCATOR = 0x07064b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50

const END_BYTES = 22
const END_64_BYTES = 56
const LOCATOR_BYTES = 20
const ENTRY_BYTES = 46
const LOCAL_BYTES = 30
/** A comment of up to 65,535 bytes may stand behind the end record. */
const LONGEST_TAIL = END_BYTES + 0xffff + LOCATOR_BYTES
const ENCRYPTED_FLAG = 1
const UTF8_FLAG = 1 << 11
const IN_ZIP64 = 0xffffffff
const UTF8 = new TextDecoder('utf-8')
const LATIN1 = new TextDecoder('latin1')

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/**
 * Entries of a zip (PKWARE's APPNOTE 4.3), zip64 included; null where the directory is damaged or missing. fflate's own
 * reader takes the whole archive, tells neither encryption nor method, and unpacks a false size without a bound.
 */
export async function readZipDirectory(archive: Blob): Promise<ZipEntry[] | null> {
  try {
    const place = await findDirectory(archive)
    if (place === null || place.offset + place.length > archive.size) return null
    return parseEntries(await readBytes(archive, place.offset, place.offset + place.length))
  } catch (thrown) {
    // What DataView throws for a number that lies beyond the bytes.
    if (thrown instanceof RangeError) return null
    throw thrown
  }
}

/** Where the packed bytes of an entry begin; null where its local header is not where the directory says. */
export async function findPacked(reader: ArchiveReader, entry: ZipEntry): Promise<number | null> {
  const head = await reader.read(entry.headerOffset, entry.headerOffset + LOCAL_BYTES)
  const view = viewOf(head)
  if (head.length < LOCAL_BYTES || view.getUint32(0, true) !== LOCAL) return null
  const start = entry.headerOffset + LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true)
  return start + entry.packedBytes <= reader.archive.size ? start : null
}

async function findDirectory(archive: Blob): Promise<{ offset: number; length: number } | null> {
  const start = Math.max(0, archive.size - LONGEST_TAIL)
  const tail = await readBytes(archive, start)
  const view = viewOf(tail)
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (view.getUint32(at, true) !== END) continue
    const plain = { offset: view.getUint32(at + 16, true), length: view.getUint32(at + 12, true) }
    return plain.offset === IN_ZIP64 || plain.length === IN_ZIP64 ? findDirectory64(archive, view, at) : plain
  }
  return null
}

async function findDirectory64(archive: Blob, tail: DataView, endAt: number) {
  const locatorAt = endAt - LOCATOR_BYTES
  if (locatorAt < 0 || tail.getUint32(locatorAt, true) !== END_64_LOCATOR) return null
  const at = Number(tail.getBigUint64(locatorAt + 8, true))
  const end = viewOf(await readBytes(archive, at, at + END_64_BYTES))
  if (end.getUint32(0, true) !== END_64) return null
  return { length: Number(end.getBigUint64(40, true)), offset: Number(end.getBigUint64(48, true)) }
}

function parseEntries(directory: Uint8Array): ZipEntry[] | null {
  const view = viewOf(directory)
  const entries: ZipEntry[] = []
  for (let at = 0; at + ENTRY_BYTES <= directory.length; ) {
    if (view.getUint32(at, true) !== ENTRY) return null
    const nameBytes = view.getUint16(at + 28, true)
    const extraBytes = view.getUint16(at + 30, true)
    const flags = view.getUint16(at + 8, true)
    const name = directory.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes)
    const extraAt = at + ENTRY_BYTES + nameBytes
    entries.push({
      name: ((flags & UTF8_FLAG) !== 0 ? UTF8 : LATIN1).decode(name),
      method: view.getUint16(at + 10, true),
      isEncrypted: (flags & ENCRYPTED_FLAG) !== 0,
      crc32: view.getUint32(at + 16, true),
      ...readSizes(view, at, { at: extraAt, end: extraAt + extraBytes }),
    })
    at = extraAt + extraBytes + view.getUint16(at + 32, true)
  }
  return entries
}

/** Sizes and place, from the zip64 field (0x0001) where they take more than 32 bits. */
function readSizes(view: DataView, at: number, extra: { at: number; end: number }) {
  let wide = findExtra(view, extra.at, extra.end, 0x0001)
  const read = (offset: number): number => {
    const narrow = view.getUint32(at + offset, true)
    if (narrow !== IN_ZIP64 || wide === null) return narrow
    wide += 8
    return Number(view.getBigUint64(wide - 8, true))
  }
  const unpackedBytes = read(24)
  const packedBytes = read(20)
  return { unpackedBytes, packedBytes, headerOffset: read(42) }
}

function findExtra(view: DataView, start: number, end: number, id: number): number | null {
  for (let at = start; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) === id) return at + 4
  }
  return null
}
