import { expect, test } from 'vitest'
import { inspectJpeg2000 } from '../../domain/volume/dicom/codestream/jpeg2000.ts'
import { toLowered, toRaised } from '../../domain/volume/dicom/codestream/signedBytes.ts'
import type { PixelFormat } from '../../domain/volume/dicom/sliceHeader.ts'
import { decodeInNode } from './testing/nodeDecoder.ts'

/** Written by imagecodecs without loss, every value once, from the lowest to the highest, in rows of 16. */
const STREAMS = {
  'jpeg-2000':
    '/0//UQApAAAAAAAQAAAAEAAAAAAAAAAAAAAAEAAAABAAAAAAAAAAAAABhwEB/1IADAAAAAEAAQQEAAH/XAAHQEBISFD/ZAAlAAFDcmVhdGVkIGJ5IE9wZW5K' +
    'UEVHIHZlcnNpb24gMi41LjT/kAAKAAAAAABPAAH/k9+BiBIrAwsLE+S5L4U/OFCLF3Xs/uu7v5kK41dJijMPeCQK4ToLNdAH+QBsNhZNMmPHcJ/AEUHzhQA2' +
    'oT2mNGB//9k=',
  htj2k:
    '/0//UQApQAAAAAAQAAAAEAAAAAAAAAAAAAAAEAAAABAAAAAAAAAAAAABhwEB/1AACAACAAAAAv9SAAwAAgABAAUEBEAB/1wAEyBIUFBQUFBQUFBQUFBQSEhI' +
    '/2QAFwABT3BlbkpQSCBWZXIgMC4yNi4zLv+QAAoAAAAAAGEAAf+TwCXjAId0AADAEsASgPAAx3QAIgGHdADAEsATAMAAQnQAkJAAQ1QAwBLAFUDwtPJ0AEbD' +
    'MP7AEIHstgDAJ4BWAADnwClL5gDe3d3d/fJ798nsuAD/2Q==',
} as const
const SEVEN_BITS =
  '/0//UQApAAAAAAAQAAAACAAAAAAAAAAAAAAAEAAAAAgAAAAAAAAAAAABhgEB/1IADAAAAAEAAAQEAAH/XAAEQDj/ZAAlAAFDcmVhdGVkIGJ5IE9wZW5KUEVH' +
  'IHZlcnNpb24gMi41LjT/kAAKAAAAAABlAAH/k99qoBIzINWGfolb7LVgc4kAAKgCAABqNDzxy7jiuXye3KFd6UOkNHZe+isgtObPg95rteJbAoTB4nW+kIdo' +
  '0nW6/TCuE69NYbDYbDYbDokiRYDLy8vLz//Z'

async function decode(codec: keyof typeof STREAMS, bits: number, text: string): Promise<number[]> {
  const stream = Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  const { bytes, raisedBy } = toRaised(inspectJpeg2000(stream, codec === 'htj2k' ? 'HTJ2K' : 'JPEG 2000'))
  const format = { rows: 2 ** bits / 16, columns: 16, samplesPerPixel: 1 } as PixelFormat
  return [...toLowered(await decodeInNode({ bytes, codec, format }), raisedBy)]
}

const everyValue = (bits: number) => Array.from({ length: 2 ** bits }, (_, n) => n - 2 ** (bits - 1))

test.each(['jpeg-2000', 'htj2k'] as const)(
  'every signed value of 8 bits comes out of %s as it went in',
  async (codec) => {
    expect(await decode(codec, 8, STREAMS[codec])).toEqual(everyValue(8))
  },
)

test('so does every one of 7 bits', async () => {
  expect(await decode('jpeg-2000', 7, SEVEN_BITS)).toEqual(everyValue(7))
})

test('a stream of more bits, or without a sign, is given as it is', () => {
  const frame = { rows: 1, columns: 1, components: 1, codestream: new Uint8Array(64).fill(255), hasNonlinearity: false }
  for (const facts of [
    { signed: true, bits: 12 },
    { signed: false, bits: 8 },
  ]) {
    expect(toRaised({ ...frame, ...facts })).toEqual({ bytes: frame.codestream, raisedBy: 0 })
  }
})

test('signed bytes on a curve are refused', () => {
  const frame = { rows: 1, columns: 1, components: 1, codestream: new Uint8Array(64), hasNonlinearity: true }
  expect(() => toRaised({ ...frame, signed: true, bits: 8 })).toThrow('unusual form')
})
