import { refuse } from './brokenFrame.ts'
import type { Jpeg2000Frame } from './jpeg2000.ts'

/** Ssiz of the first component: behind SOC, the marker and length of SIZ, Rsiz, eight sizes and Csiz (T.800 A.5.1). */
const SAMPLE_SIZE_AT = 42
const SIGN_BIT = 0x80

/** A codestream that a codec can be given, and what its values are then too large by. */
export interface RaisedStream {
  readonly bytes: Uint8Array
  readonly raisedBy: number
}

/**
 * Cornerstone's JPEG 2000 decoders hold values of up to 8 bits at 0…255, whatever their sign. The sign is only in the
 * header: of an unsigned stream a decoder adds half the range to every value, of a signed one it does not (T.800 annex
 * G.1), and nothing else differs. So a signed stream is given without its sign, and the half is taken off again.
 */
export function toRaised({ codestream, signed, bits, components, hasNonlinearity }: Jpeg2000Frame): RaisedStream {
  if (!signed || bits > 8) return { bytes: codestream, raisedBy: 0 }
  // A nonlinearity (T.801) is another one for signed values, and further components have signs of their own.
  if (hasNonlinearity || components !== 1) refuse(`its compressed data has ${bits} signed bits in an unusual form`)
  const bytes = codestream.slice()
  bytes[SAMPLE_SIZE_AT] &= ~SIGN_BIT
  return { bytes, raisedBy: 2 ** (bits - 1) }
}

/** The signed values of a stream that was raised. */
export const toLowered = (raised: ArrayLike<number>, raisedBy: number): Int8Array =>
  Int8Array.from(raised, (value) => value - raisedBy)
