import { type CodestreamFacts, refuse } from './brokenFrame.ts'
import { JPEG_MARKER, readJpegFrame, readJpegSegments } from './jpegSegments.ts'

const CODEC = 'JPEG-LS'

/**
 * Markers from SOI to EOI (T.87 annex C). CharLS, given a stream without EOI, walks on through its memory for some 13 s
 * a slice before it refuses; with an EOI it ends within milliseconds, and it finds damaged data by itself.
 */
export function inspectJpegLs(bytes: Uint8Array): CodestreamFacts {
  const frame = readJpegFrame(bytes, readJpegSegments(bytes, CODEC, 'bit'), CODEC)
  if (frame.marker !== JPEG_MARKER.lsFrame) refuse('its JPEG stream is not JPEG-LS, as its header names it')
  return { ...frame, signed: null }
}
