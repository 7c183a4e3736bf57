import type { Codec } from './codestream/inspectFrame.ts'
import type { PixelFormat } from './sliceHeader.ts'
import type { StoredPixels } from './storedToHu.ts'

/** A frame that was looked through: whole in its structure, and of the size of its header. */
export interface DecodableFrame {
  readonly bytes: Uint8Array
  readonly codec: Codec
  readonly format: PixelFormat
}

/** Decodes a compressed frame to stored pixels, rows × columns, without slope and intercept. Rejects where it cannot. */
export type DecodeFrame = (frame: DecodableFrame) => Promise<StoredPixels>
