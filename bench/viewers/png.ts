import { inflateSync } from 'node:zlib'

/** A grey picture, 0…255, row by row. */
export interface GreyPicture {
  readonly width: number
  readonly height: number
  readonly grey: Uint8Array
}

const SIGNATURE_BYTES = 8

function paeth(left: number, up: number, upLeft: number): number {
  const [dl, du, dul] = [Math.abs(up - upLeft), Math.abs(left - upLeft), Math.abs(left + up - 2 * upLeft)]
  if (dl <= du && dl <= dul) return left
  return du <= dul ? up : upLeft
}

/** Takes the filters of the PNG specification (section 9) off, in place; `rows` is one filter byte and `stride` bytes a row. */
function unfilter(rows: Uint8Array, stride: number, channels: number): Uint8Array {
  const height = rows.length / (stride + 1)
  const plain = new Uint8Array(stride * height)
  for (let y = 0; y < height; y++) {
    const [from, to] = [y * (stride + 1) + 1, y * stride]
    const filter = rows[from - 1]
    for (let x = 0; x < stride; x++) {
      const left = x < channels ? 0 : plain[to + x - channels]
      const up = y === 0 ? 0 : plain[to + x - stride]
      const upLeft = y === 0 || x < channels ? 0 : plain[to + x - stride - channels]
      const guess = [0, left, up, (left + up) >> 1, filter === 4 ? paeth(left, up, upLeft) : 0][filter]
      plain[to + x] = rows[from + x] + guess
    }
  }
  return plain
}

/** An 8-bit RGB or RGBA PNG without interlace, as a browser's screencast has it; its green channel. */
export function readPng(bytes: Uint8Array): GreyPicture {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  const channels = bytes[25] === 6 ? 4 : 3
  const parts: Uint8Array[] = []
  for (let at = SIGNATURE_BYTES; at < bytes.length; at += view.getUint32(at) + 12) {
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (type === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + view.getUint32(at)))
  }
  const plain = unfilter(inflateSync(Buffer.concat(parts)), width * channels, channels)
  return { width, height, grey: Uint8Array.from({ length: width * height }, (_, n) => plain[n * channels + 1]) }
}
