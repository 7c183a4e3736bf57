import { zlibSync } from 'fflate'
import { toByteText } from '../../../base/floatText.ts'
import { crc32 } from '../../volume/crc32.ts'
import type { Thumbnail } from './thumbnail.ts'

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** Length, type, data and CRC-32 of type and data (PNG specification, 5.3). */
function toChunk(type: string, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(12 + data.length)
  const view = new DataView(chunk.buffer)
  view.setUint32(0, data.length)
  chunk.set(
    [...type].map((letter) => letter.charCodeAt(0)),
    4,
  )
  chunk.set(data, 8)
  view.setUint32(8 + data.length, crc32(chunk.subarray(4, 8 + data.length)))
  return chunk
}

/** A grey picture as the address of a PNG: 8 bits a pixel, rows unfiltered. */
export function toPngUrl({ width, height, grey }: Thumbnail): string {
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  header[8] = 8
  const rows = new Uint8Array(height * (width + 1))
  for (let y = 0; y < height; y++) rows.set(grey.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  const parts = [
    Uint8Array.from(SIGNATURE),
    toChunk('IHDR', header),
    toChunk('IDAT', zlibSync(rows)),
    toChunk('IEND', new Uint8Array(0)),
  ]
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return `data:image/png;base64,${toByteText(bytes)}`
}
