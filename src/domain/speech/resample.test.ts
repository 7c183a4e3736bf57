import { describe, expect, test } from 'vitest'
import { resampleAudio, StreamResampler } from './resample.ts'

/** Root mean square. */
const toRms = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)

const tone = (frequencyHz: number, sampleRateHz: number, seconds = 0.5) =>
  Float32Array.from({ length: sampleRateHz * seconds }, (_, n) =>
    Math.sin((2 * Math.PI * frequencyHz * n) / sampleRateHz),
  )

/** Without the ends, where the silence outside leaks in. */
const middle = (audio: Float32Array) => audio.subarray(800, audio.length - 800)

const maxDifference = (a: Float32Array, b: Float32Array) =>
  a.reduce((worst, value, index) => Math.max(worst, Math.abs(value - b[index])), 0)

describe('resampleAudio', () => {
  test.each([48000, 44100, 22050, 8000])('a 1 kHz tone from %d Hz is the same tone at 16 kHz, in phase', (rate) => {
    const resampled = resampleAudio(tone(1000, rate), rate, 16000)
    expect(resampled).toHaveLength(8000)
    expect(maxDifference(middle(resampled), middle(tone(1000, 16000)))).toBeLessThan(2e-3)
  })

  test('a 10 kHz tone is not folded into the speech band', () => {
    const folded = toRms(middle(resampleAudio(tone(10000, 48000), 48000, 16000)))
    expect(20 * Math.log10(folded)).toBeLessThan(-70)
  })

  test('the same rate gives the same audio', () => {
    const audio = tone(500, 16000)
    expect(resampleAudio(audio, 16000, 16000)).toBe(audio)
  })
})

describe('StreamResampler', () => {
  test('blocks of any size give what one block gives', () => {
    const audio = tone(700, 44100)
    const whole = new StreamResampler(44100, 16000).push(audio)
    const stream = new StreamResampler(44100, 16000)
    const pieces: number[] = []
    for (let from = 0, size = 1; from < audio.length; from += size, size = (size * 7) % 1411) {
      pieces.push(...stream.push(audio.subarray(from, from + size)))
    }
    expect(pieces).toHaveLength(whole.length)
    expect(maxDifference(Float32Array.from(pieces), whole)).toBe(0)
  })
})
