import { expect, test } from 'vitest'
import { ChannelWorker } from '../../base/channelWorker.fixture.ts'
import type { DecodableFrame } from '../../domain/volume/dicom/decodeFrame.ts'
import type { PixelFormat } from '../../domain/volume/dicom/sliceHeader.ts'
import { createSliceDecoder } from './decodeSlices.ts'
import type { ThreadDecoder } from './worker/decodeInThread.ts'

const toFrame = (value: number): DecodableFrame => ({
  bytes: Uint8Array.of(value),
  codec: 'jpeg-ls',
  format: { rows: 1, columns: 1 } as PixelFormat,
})

function setUp(decode: ThreadDecoder['decode'], workerCount = 1) {
  const workers: ChannelWorker[] = []
  const decodeSlice = createSliceDecoder({
    workerCount,
    longestMs: 40,
    startWorker: () => {
      const worker = new ChannelWorker({ prepare: async () => undefined, decode })
      workers.push(worker)
      return worker
    },
  })
  return { decodeSlice, workers }
}

test('a codec that does not end is ended with its worker, and the frames behind it are decoded by the next', async () => {
  const { decodeSlice, workers } = setUp(({ bytes }) =>
    bytes[0] === 0 ? new Promise<never>(() => undefined) : Promise.resolve(Uint16Array.of(bytes[0])),
  )
  const [stuck, second, third] = [0, 7, 9].map((value) => decodeSlice(toFrame(value)))
  await expect(stuck).rejects.toThrow('its codec did not end within')
  expect([await second, await third]).toEqual([Uint16Array.of(7), Uint16Array.of(9)])
  expect(workers.map((worker) => worker.isTerminated)).toEqual([true, false])
})

test('a worker decodes one frame at a time', async () => {
  let [running, most] = [0, 0]
  const { decodeSlice, workers } = setUp(async ({ bytes }) => {
    most = Math.max(most, ++running)
    await new Promise((resolve) => setTimeout(resolve, 2))
    running--
    return Uint16Array.of(bytes[0])
  }, 2)
  const decoded = await Promise.all([1, 2, 3, 4, 5].map((value) => decodeSlice(toFrame(value))))
  expect(decoded.map((pixels) => pixels[0])).toEqual([1, 2, 3, 4, 5])
  expect([most, workers.length]).toEqual([2, 2])
})

test('what a codec says of a frame is the reason, and the worker goes on', async () => {
  const { decodeSlice, workers } = setUp(async () => {
    throw new Error('the jpeg-ls codec says: the data is damaged')
  })
  await expect(decodeSlice(toFrame(1))).rejects.toThrow('the jpeg-ls codec says: the data is damaged')
  await expect(decodeSlice(toFrame(2))).rejects.toThrow('damaged')
  expect(workers).toHaveLength(1)
})
