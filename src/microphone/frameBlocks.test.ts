import { expect, test } from 'vitest'
import { FrameBlocks, toBlockSamples } from './frameBlocks.ts'

function collect(sampleRateHz: number, blocks: readonly Float32Array[]) {
  const frames: Float32Array[] = []
  const frameBlocks = new FrameBlocks(sampleRateHz, (frame) => frames.push(frame))
  for (const block of blocks) frameBlocks.take(block)
  return frames
}

test('blocks of any size become frames of 512 in order', () => {
  const samples = Float32Array.from({ length: 1500 }, (_, index) => index)
  const frames = collect(16000, [samples.subarray(0, 100), samples.subarray(100, 1300), samples.subarray(1300)])
  expect(frames.map((frame) => frame.length)).toEqual([512, 512])
  expect(frames.map((frame) => frame[0])).toEqual([0, 512])
  expect(frames[1][511]).toBe(1023)
})

test('frames already handed over do not change when more blocks come', () => {
  const frames = collect(16000, [new Float32Array(512).fill(1), new Float32Array(512).fill(2)])
  expect(frames.map((frame) => frame[5])).toEqual([1, 2])
})

test('ten seconds at 44.1 kHz become ten seconds at 16 kHz, less the part of a frame still open', () => {
  const blocks = Array.from({ length: 313 }, () => new Float32Array(toBlockSamples(44100)))
  const frames = collect(44100, blocks)
  expect(frames.length).toBe(312)
})

test('a block holds about one frame at the rate of the device', () => {
  expect([16000, 44100, 48000].map(toBlockSamples)).toEqual([512, 1411, 1536])
})
