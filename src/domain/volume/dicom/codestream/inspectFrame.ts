import { InflatedTooLarge, inflateAtMost } from '../../inflateAtMost.ts'
import { type PixelFormat, toFrameBytes } from '../sliceHeader.ts'
import { type CodestreamFacts, refuse } from './brokenFrame.ts'
import { inspectJpeg2000 } from './jpeg2000.ts'
import { inspectJpegDct } from './jpegDct.ts'
import { inspectJpegLossless } from './jpegLossless.ts'
import { inspectJpegLs } from './jpegLs.ts'
import { inspectJpegXl } from './jpegXl.ts'
import { readRleSegments } from './rle.ts'
import { toRaised } from './signedBytes.ts'

/** What a frame must be given to. */
export type Codec = 'uncompressed' | 'rle' | 'jpeg' | 'jpeg-lossless' | 'jpeg-ls' | 'jpeg-2000' | 'htj2k' | 'jpeg-xl'

const CODEC_OF_SYNTAX: Readonly<Record<string, Codec | 'deflated'>> = {
  '1.2.840.10008.1.2.1.98': 'uncompressed',
  '1.2.840.10008.1.2.8.1': 'deflated',
  '1.2.840.10008.1.2.5': 'rle',
  '1.2.840.10008.1.2.4.50': 'jpeg',
  '1.2.840.10008.1.2.4.51': 'jpeg',
  '1.2.840.10008.1.2.4.53': 'jpeg',
  '1.2.840.10008.1.2.4.55': 'jpeg',
  '1.2.840.10008.1.2.4.57': 'jpeg-lossless',
  '1.2.840.10008.1.2.4.70': 'jpeg-lossless',
  '1.2.840.10008.1.2.4.80': 'jpeg-ls',
  '1.2.840.10008.1.2.4.81': 'jpeg-ls',
  '1.2.840.10008.1.2.4.90': 'jpeg-2000',
  '1.2.840.10008.1.2.4.91': 'jpeg-2000',
  '1.2.840.10008.1.2.4.201': 'htj2k',
  '1.2.840.10008.1.2.4.202': 'htj2k',
  '1.2.840.10008.1.2.4.203': 'htj2k',
  // As an early toolkit named it.
  '3.2.840.10008.1.2.4.96': 'htj2k',
  '1.2.840.10008.1.2.4.110': 'jpeg-xl',
  '1.2.840.10008.1.2.4.111': 'jpeg-xl',
  '1.2.840.10008.1.2.4.112': 'jpeg-xl',
}

/** One compressed frame as it lies in the file. */
interface CompressedFrame {
  readonly bytes: Uint8Array
  readonly transferSyntaxUid: string
  readonly format: PixelFormat
}

/** A frame whose structure is whole and whose size is that of its header. */
export interface InspectedFrame {
  readonly codec: Codec
  /** What the codec is to be given. */
  readonly bytes: Uint8Array
  /** What the codec's values are too large by, where it would otherwise lose their sign. */
  readonly raisedBy?: number
  /** Bits and sign of the codestream; null where it has none of its own, and the header's hold. */
  readonly samples: Pick<CodestreamFacts, 'bits' | 'signed'> | null
}

/** Looks through a frame before any decoder sees it. Throws BrokenFrame with the cause. */
export function inspectFrame({ bytes, transferSyntaxUid, format }: CompressedFrame): InspectedFrame {
  const codec = CODEC_OF_SYNTAX[transferSyntaxUid] ?? refuse('there is no codec for it')
  switch (codec) {
    case 'uncompressed':
      return { codec, bytes: toFrame(bytes, format), samples: null }
    case 'deflated':
      return { codec: 'uncompressed', bytes: toFrame(inflate(bytes, format), format), samples: null }
    case 'rle':
      readRleSegments(bytes, (format.bitsAllocated / 8) * format.samplesPerPixel)
      return { codec, bytes, samples: null }
    case 'jpeg-2000':
    case 'htj2k': {
      const frame = inspectJpeg2000(bytes, codec === 'htj2k' ? 'HTJ2K' : 'JPEG 2000')
      return { codec, samples: compare(frame, format), ...toRaised(frame) }
    }
    case 'jpeg-xl':
      compare(
        { ...inspectJpegXl(bytes), components: format.samplesPerPixel, bits: format.bitsStored, signed: null },
        format,
      )
      return { codec, bytes, samples: null }
    default:
      return { codec, bytes, samples: compare(INSPECT_JPEG[codec](bytes), format) }
  }
}

const INSPECT_JPEG = { jpeg: inspectJpegDct, 'jpeg-lossless': inspectJpegLossless, 'jpeg-ls': inspectJpegLs } as const

function compare(facts: CodestreamFacts, format: PixelFormat): CodestreamFacts {
  const { rows, columns, components, bits } = facts
  if (rows !== format.rows || columns !== format.columns) {
    refuse(`its compressed data is ${columns} × ${rows} pixels, its header says ${format.columns} × ${format.rows}`)
  }
  if (components !== format.samplesPerPixel) {
    refuse(`its compressed data has ${components} components, its header says ${format.samplesPerPixel}`)
  }
  if (bits < 2 || bits > 16) refuse(`its compressed data has ${bits} bits a pixel`)
  return facts
}

/** Exactly the bytes of a frame; an odd number of them is padded with one. */
function toFrame(bytes: Uint8Array, format: PixelFormat): Uint8Array {
  const length = toFrameBytes(format)
  if (bytes.length !== length && bytes.length !== length + (length % 2)) {
    refuse(`it holds ${bytes.length} of ${length} bytes`)
  }
  return bytes.subarray(0, length)
}

/** Never more than a frame and its padding, whatever the data would grow to. */
function inflate(bytes: Uint8Array, format: PixelFormat): Uint8Array {
  try {
    return inflateAtMost(bytes, toFrameBytes(format) + 2) ?? refuse('its deflated data is damaged')
  } catch (thrown) {
    if (thrown instanceof InflatedTooLarge) return refuse('its deflated data holds more than the slice')
    throw thrown
  }
}
