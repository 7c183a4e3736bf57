const HEADER_BYTES = 64

/** RLE frame of 16-bit (two segments, high bytes first) or 8-bit pixels, as PS3.5 annex G has it; for tests only. */
export function encodeRle(pixels: Uint16Array | Uint8Array): Uint8Array<ArrayBuffer> {
  const planes =
    pixels instanceof Uint8Array ? [pixels] : [Uint8Array.from(pixels, (v) => v >> 8), Uint8Array.from(pixels)]
  const segments = planes.map(packBits)
  const frame = new Uint8Array(HEADER_BYTES + segments.reduce((sum, { length }) => sum + length, 0))
  const view = new DataView(frame.buffer)
  view.setUint32(0, segments.length, true)
  let at = HEADER_BYTES
  segments.forEach((segment, n) => {
    view.setUint32(4 + 4 * n, at, true)
    frame.set(segment, at)
    at += segment.length
  })
  return frame
}

/** Runs of three and more are repeated, the rest is literal; padded to even length. */
function packBits(plane: Uint8Array): Uint8Array {
  const out: number[] = []
  let at = 0
  while (at < plane.length) {
    const run = countRun(plane, at)
    if (run >= 3) {
      out.push(257 - run, plane[at])
      at += run
      continue
    }
    const start = at
    while (at < plane.length && at - start < 128 && countRun(plane, at) < 3) at++
    out.push(at - start - 1, ...plane.subarray(start, at))
  }
  if (out.length % 2 === 1) out.push(0)
  return Uint8Array.from(out)
}

function countRun(plane: Uint8Array, from: number): number {
  let run = 1
  while (run < 128 && from + run < plane.length && plane[from + run] === plane[from]) run++
  return run
}
