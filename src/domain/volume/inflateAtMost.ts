import { Inflate } from 'fflate'

/** Bytes given to the inflater at a time: it unpacks each by at most 1,032 times, which bounds what it makes at once. */
const LARGEST_STEP_BYTES = 64 * 1024
const SMALLEST_STEP_BYTES = 1024

/** Unpacked more than it may. */
export class InflatedTooLarge extends Error {}

/** Whether data that ends early is damaged, or is unpacked as far as it goes. */
type AtCut = 'is-damaged' | 'as-far-as-it-goes'

/**
 * Unpacks raw deflate data; null where it is none or is damaged. Throws InflatedTooLarge as soon as it grows beyond
 * `limitBytes`.
 */
export function inflateAtMost(
  packed: Uint8Array,
  limitBytes: number,
  atCut: AtCut = 'is-damaged',
): Uint8Array<ArrayBuffer> | null {
  const parts: Uint8Array[] = []
  let length = 0
  const inflate = new Inflate((part) => {
    parts.push(part)
    length += part.length
    if (length > limitBytes) throw new InflatedTooLarge()
  })
  const step = Math.max(SMALLEST_STEP_BYTES, Math.min(limitBytes, LARGEST_STEP_BYTES))
  try {
    for (let at = 0; at < packed.length; at += step) {
      inflate.push(packed.subarray(at, at + step), atCut === 'is-damaged' && at + step >= packed.length)
    }
  } catch (thrown) {
    if (thrown instanceof InflatedTooLarge) throw thrown
    return null
  }
  return joinBytes(parts, length)
}

function joinBytes(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
