import { expect, test } from 'vitest'
import { toWaveform } from './waveform.ts'

test('each bin holds the peak of its own stretch', () => {
  const audio = new Float32Array([0.25, -0.5, 0, 0, 0.125, 0.75, -1, 0.5])
  expect(toWaveform(audio, 4)).toEqual([0.5, 0, 0.75, 1])
})

test('every sample falls into some bin when the length is no multiple of the bins', () => {
  const bins = 7
  for (let spike = 0; spike < 100; spike += 1) {
    const audio = new Float32Array(100)
    audio[spike] = 1
    expect(toWaveform(audio, bins).filter((peak) => peak === 1)).toHaveLength(1)
  }
})

test('short audio has no gaps, and none gives zeros', () => {
  expect(toWaveform(new Float32Array([0.5, 1]), 4)).toEqual([0.5, 0.5, 1, 1])
  expect(toWaveform(new Float32Array(0), 3)).toEqual([0, 0, 0])
})
