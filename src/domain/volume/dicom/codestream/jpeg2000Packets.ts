import type { ByteCursor } from './byteCursor.ts'

/** Zero bytes in a row that coded data does not hold: some three are usual. */
const LONGEST_ZERO_RUN = 64

/** How a tile is coded, of the COD segment (T.800 A.6.1). */
export interface CodingStyle {
  readonly layers: number
  readonly levels: number
  /** Exponents of the precincts' width and height, by resolution from the smallest. */
  readonly precincts: readonly (readonly [number, number])[]
}

const LARGEST_PRECINCT = 15

/** From behind the length field. */
export function readCodingStyle(cursor: ByteCursor): CodingStyle {
  const hasPrecincts = (cursor.u8() & 1) === 1
  cursor.skip(1)
  const layers = cursor.u16()
  cursor.skip(1)
  const levels = cursor.u8()
  cursor.skip(4)
  const precincts = Array.from({ length: levels + 1 }, () => {
    const size = hasPrecincts ? cursor.u8() : (LARGEST_PRECINCT << 4) | LARGEST_PRECINCT
    return [size & 15, size >> 4] as const
  })
  return { layers, levels, precincts }
}

/** Most packets of a tile of one component: one a layer, resolution and precinct. */
export function countPackets({ layers, levels, precincts }: CodingStyle, width: number, height: number): number {
  const count = precincts.reduce((sum, [x, y], resolution) => {
    const shrink = 2 ** (levels - resolution)
    const [across, down] = [Math.ceil(width / shrink), Math.ceil(height / shrink)]
    // A tile need not begin where a precinct does.
    return sum + (Math.ceil(across / 2 ** x) + 1) * (Math.ceil(down / 2 ** y) + 1)
  }, 0)
  return layers * count
}

/**
 * Whether a run of zeros lies in the data that no encoder writes, as a transfer that broke off leaves it. A packet
 * without content is one zero byte, so that a flat image may hold as many in a row as it has packets.
 */
export function hasZeroedHole(bytes: Uint8Array, packetCount: number): boolean {
  const longest = packetCount + LONGEST_ZERO_RUN
  for (let at = longest; at < bytes.length; at += longest + 1) {
    // Every run that is too long covers one of these places.
    if (bytes[at] !== 0) continue
    let [first, last] = [at, at]
    while (first > 0 && bytes[first - 1] === 0) first--
    while (last + 1 < bytes.length && bytes[last + 1] === 0) last++
    if (last - first + 1 > longest) return true
  }
  return false
}
