import { type CodestreamFacts, refuse } from './brokenFrame.ts'
import { ByteCursor } from './byteCursor.ts'
import { type CodingStyle, countPackets, hasZeroedHole, readCodingStyle } from './jpeg2000Packets.ts'

const MARKER = {
  start: 0xff4f,
  size: 0xff51,
  coding: 0xff52,
  capabilities: 0xff50,
  nonlinearity: 0xff76,
  tilePart: 0xff90,
  data: 0xff93,
  end: 0xffd9,
}
const JP2_SIGNATURE = 0x0000000c
const JP2_CODESTREAM = 0x6a703263

/** JPEG 2000 as its parts 1 and 15 (high throughput) name it. */
export type Jpeg2000Kind = 'JPEG 2000' | 'HTJ2K'

export interface Jpeg2000Frame extends CodestreamFacts {
  readonly signed: boolean
  /** Its values are bent by a curve (T.801). */
  readonly hasNonlinearity: boolean
  /** The raw codestream, from SOC to EOC: some files wrap it into JP2 boxes, which DICOM does not allow. */
  readonly codestream: Uint8Array
}

/**
 * Walks a codestream by its own lengths: SOC, SIZ, COD, then every tile-part by its Psot up to EOC (T.800 annex A). All
 * tiles must be there with their parts, and no data zeroed. Other damage inside packets keeps the structure, and is not
 * found here.
 */
export function inspectJpeg2000(bytes: Uint8Array, kind: Jpeg2000Kind): Jpeg2000Frame {
  const cursor = new ByteCursor(unwrapJp2(bytes, kind), kind)
  if (cursor.bytes.length < 2 || cursor.u16() !== MARKER.start) refuse(`it holds no ${kind} stream`)
  const { facts, tileCount, tileSize } = readSize(cursor)
  const { style, hasNonlinearity } = readMainHeader(cursor, kind)
  const dataStart = cursor.at
  readTileParts(cursor, tileCount)
  const packetCount = countPackets(style, ...tileSize) * facts.components
  if (hasZeroedHole(cursor.bytes.subarray(dataStart, cursor.at), packetCount))
    refuse(`the ${kind} data is zeroed in part`)
  return { ...facts, hasNonlinearity, codestream: cursor.bytes.subarray(0, cursor.at) }
}

/** The contents of the one `jp2c` box, or the bytes themselves. */
function unwrapJp2(bytes: Uint8Array, kind: Jpeg2000Kind): Uint8Array {
  if (bytes.length < 4 || new ByteCursor(bytes, kind).u32() !== JP2_SIGNATURE) return bytes
  const cursor = new ByteCursor(bytes, kind)
  for (;;) {
    const start = cursor.at
    const [length, type] = [cursor.u32(), cursor.u32()]
    if (type === JP2_CODESTREAM) return bytes.subarray(cursor.at, length === 0 ? bytes.length : start + length)
    if (length < 8) refuse(`it holds no ${kind} stream`)
    cursor.skip(length - 8)
  }
}

function readSize(cursor: ByteCursor) {
  if (cursor.u16() !== MARKER.size) refuse(`the ${cursor.codec} stream has no size`)
  const end = cursor.at + cursor.u16()
  cursor.skip(2)
  const [right, bottom, left, top] = [cursor.u32(), cursor.u32(), cursor.u32(), cursor.u32()]
  const [tileWidth, tileHeight, tileLeft, tileTop] = [cursor.u32(), cursor.u32(), cursor.u32(), cursor.u32()]
  const components = cursor.u16()
  const [precision, stepX, stepY] = [cursor.u8(), cursor.u8(), cursor.u8()]
  // An image whose grid does not begin at 0, or is not that of the pixels, is decoded into another size than is told.
  if (left !== 0 || top !== 0 || stepX !== 1 || stepY !== 1) refuse(`the ${cursor.codec} stream has an unusual grid`)
  if (tileWidth === 0 || tileHeight === 0) refuse(`the ${cursor.codec} stream has no tiles`)
  cursor.skip(end - cursor.at)
  const facts = { rows: bottom, columns: right, components, bits: (precision & 0x7f) + 1, signed: precision > 0x7f }
  const tileCount = Math.ceil((right - tileLeft) / tileWidth) * Math.ceil((bottom - tileTop) / tileHeight)
  const tileSize = [Math.min(tileWidth, right), Math.min(tileHeight, bottom)] as const
  return { facts, tileCount, tileSize }
}

/** Up to the first tile-part. The capabilities tell high throughput from part 1, whatever the transfer syntax says. */
function readMainHeader(cursor: ByteCursor, kind: Jpeg2000Kind): { style: CodingStyle; hasNonlinearity: boolean } {
  let style: CodingStyle | null = null
  let isHighThroughput = false
  let hasNonlinearity = false
  for (let marker = cursor.u16(); marker !== MARKER.tilePart; marker = cursor.u16()) {
    if (marker < 0xff50 || marker > 0xff7f) refuse(`the ${kind} stream has damaged markers`)
    const start = cursor.at
    const length = cursor.u16()
    if (length < 2) refuse(`the ${kind} stream has damaged markers`)
    if (marker === MARKER.coding) style = readCodingStyle(cursor)
    if (marker === MARKER.capabilities) isHighThroughput = true
    if (marker === MARKER.nonlinearity) hasNonlinearity = true
    cursor.at = start
    cursor.skip(length)
  }
  cursor.at -= 2
  if (kind === 'HTJ2K' && !isHighThroughput) refuse('its JPEG 2000 stream is not HTJ2K, as its header names it')
  return { style: style ?? refuse(`the ${kind} stream has no coding style`), hasNonlinearity }
}

/** Every tile-part by its length, and no tile without all of its parts. */
function readTileParts(cursor: ByteCursor, tileCount: number): void {
  const { codec } = cursor
  const parts = new Map<number, { seen: number; said: number }>()
  for (let marker = cursor.u16(); marker !== MARKER.end; marker = cursor.u16()) {
    if (marker !== MARKER.tilePart) refuse(`the ${codec} stream has lost a tile-part`)
    const start = cursor.at - 2
    if (cursor.u16() !== 10) refuse(`the ${codec} stream has a damaged tile-part`)
    const [tile, length, index, count] = [cursor.u16(), cursor.u32(), cursor.u8(), cursor.u8()]
    const own = parts.get(tile) ?? { seen: 0, said: 0 }
    if (tile >= tileCount || index !== own.seen) refuse(`the ${codec} stream has lost a tile-part`)
    parts.set(tile, { seen: own.seen + 1, said: count || own.said })
    skipToData(cursor)
    cursor.at = length === 0 ? toLastMarker(cursor) : goBehind(cursor, start, length)
  }
  if (parts.size !== tileCount) refuse(`the ${codec} stream holds ${parts.size} of ${tileCount} tiles`)
  if ([...parts.values()].some(({ seen, said }) => said > 0 && seen !== said))
    refuse(`the ${codec} stream has lost a tile-part`)
}

/** Behind the header of a tile-part: marker segments up to SOD. Decoders go past a lost one and read codes from elsewhere. */
function skipToData(cursor: ByteCursor): void {
  for (let marker = cursor.u16(); marker !== MARKER.data; marker = cursor.u16()) {
    const length = marker < 0xff50 || marker > 0xff7f ? 0 : cursor.u16()
    if (length < 2) refuse(`the ${cursor.codec} stream has damaged markers`)
    cursor.skip(length - 2)
  }
}

function goBehind(cursor: ByteCursor, start: number, length: number): number {
  if (start + length < cursor.at) refuse(`the ${cursor.codec} stream has a damaged tile-part`)
  if (start + length + 2 > cursor.end) refuse(`the ${cursor.codec} stream ends before its end marker`)
  return start + length
}

/** Length 0 is allowed for the last tile-part: it reaches to EOC, behind which DICOM may have padded one zero. */
function toLastMarker(cursor: ByteCursor): number {
  const { bytes, codec } = cursor
  let last = bytes.length
  while (last > cursor.at && bytes[last - 1] === 0) last--
  if (bytes[last - 2] !== 0xff || bytes[last - 1] !== 0xd9) refuse(`the ${codec} stream ends before its end marker`)
  return last - 2
}
