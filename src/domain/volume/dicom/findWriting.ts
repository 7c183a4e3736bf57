import { HEAD_BYTES, hasVrAt, littleEndianGroup, type Writing } from './elementStream.ts'
import { TRANSFER_SYNTAX } from './sliceHeader.ts'

/** Data sets begin with a group of at most this number; read in the wrong byte order it is a multiple of 256. */
const LARGEST_FIRST_GROUP = 0xff

/** Nearly every data set begins with it. */
const IDENTIFYING_GROUP = 0x0008

/** Syntaxes whose pixels need no codec, by how they are written; a file that bears another one's name is one of these. */
const PLAIN: ReadonlySet<string | null> = new Set([
  null,
  TRANSFER_SYNTAX.implicitLittleEndian,
  TRANSFER_SYNTAX.explicitLittleEndian,
  TRANSFER_SYNTAX.explicitBigEndian,
])

/**
 * How the data set at `start` is written. Exporters name the wrong transfer syntax, or none, so its first element decides;
 * the name counts where there is no element to see.
 */
export function findWriting(bytes: Uint8Array, start: number, named: string | null): Writing {
  if (start + HEAD_BYTES > bytes.length) {
    return { explicit: named !== TRANSFER_SYNTAX.implicitLittleEndian, littleEndian: true }
  }
  const group = littleEndianGroup(bytes, start)
  const littleEndian = group <= LARGEST_FIRST_GROUP || (group & 0xff) !== 0
  return { explicit: hasVrAt(bytes, start), littleEndian }
}

/** A data set that bears the name of the deflated syntax and is not deflated. */
export const looksPlain = (bytes: Uint8Array, start: number): boolean =>
  start + HEAD_BYTES <= bytes.length && littleEndianGroup(bytes, start) === IDENTIFYING_GROUP && hasVrAt(bytes, start)

/** The transfer syntax by which the pixels are read. */
export function toSyntax(named: string | null, { explicit, littleEndian }: Writing): string {
  if (named !== null && !PLAIN.has(named)) return named
  if (!littleEndian) return TRANSFER_SYNTAX.explicitBigEndian
  return explicit ? TRANSFER_SYNTAX.explicitLittleEndian : TRANSFER_SYNTAX.implicitLittleEndian
}
