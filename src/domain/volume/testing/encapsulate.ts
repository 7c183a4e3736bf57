import type { Encapsulated } from './dicomBytes.ts'

/** Transfer syntaxes of compressed pixels; for tests only. */
export const SYNTAX = {
  rle: '1.2.840.10008.1.2.5',
  jpegBaseline: '1.2.840.10008.1.2.4.50',
  jpegExtended: '1.2.840.10008.1.2.4.51',
  jpegLossless: '1.2.840.10008.1.2.4.57',
  jpegLosslessFirstOrder: '1.2.840.10008.1.2.4.70',
  jpegLs: '1.2.840.10008.1.2.4.80',
  jpeg2000: '1.2.840.10008.1.2.4.90',
  htj2k: '1.2.840.10008.1.2.4.201',
  jpegXl: '1.2.840.10008.1.2.4.110',
} as const

/** One fragment a frame, with a table of their offsets, or an empty one; for tests only. */
export function toEncapsulated(frames: readonly Uint8Array[], offsets: readonly number[] = []): Encapsulated {
  return { items: [new Uint8Array(Uint32Array.from(offsets).buffer), ...frames] }
}

/** Offsets of frames that lie one behind another, each in a fragment of its own. */
export function toOffsets(frames: readonly Uint8Array[]): number[] {
  let at = 0
  return frames.map((frame) => {
    const start = at
    at += 8 + frame.length + (frame.length % 2)
    return start
  })
}
