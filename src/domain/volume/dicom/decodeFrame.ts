import type { PixelFormat } from './sliceHeader.ts'
import type { StoredPixels } from './storedToHu.ts'

/** One compressed frame as it lies in the file. */
export interface CompressedFrame {
  readonly bytes: Uint8Array
  readonly transferSyntaxUid: string
  readonly format: PixelFormat
}

/** Decodes a compressed frame to stored pixels, rows × columns, without slope and intercept. Rejects where it cannot. */
export type DecodeFrame = (frame: CompressedFrame) => Promise<StoredPixels>
