import { describe, expect, it } from 'vitest'
import { averageEmbeddings, padAudio, toWindows } from './windows.ts'

const rule = { windowSeconds: 30, overlapSeconds: 2 }
const spans = (seconds: number) => toWindows(seconds * 100, 100, rule).map(({ start, end }) => [start / 100, end / 100])

describe('toWindows', () => {
  it('keeps audio of one window whole', () => {
    expect(spans(12.5)).toEqual([[0, 12.5]])
    expect(spans(30)).toEqual([[0, 30]])
  })

  it('starts the next window two seconds before the end of the last', () => {
    expect(spans(58)).toEqual([
      [0, 30],
      [28, 58],
    ])
    expect(spans(70)).toEqual([
      [0, 30],
      [28, 58],
      [56, 70],
    ])
  })

  it('merges a tail under 0.3 s into the window before it and keeps one of 0.3 s', () => {
    expect(spans(30.29)).toEqual([[0, 30.29]])
    expect(spans(30.3)).toEqual([
      [0, 30],
      [28, 30.3],
    ])
  })

  it('covers every sample and gives nothing for no audio', () => {
    expect(spans(0)).toEqual([])
    const windows = toWindows(1_234_567, 16000, { windowSeconds: 12, overlapSeconds: 1 })
    expect(windows[0].start).toBe(0)
    expect(windows.at(-1)?.end).toBe(1_234_567)
    for (let n = 1; n < windows.length; n++) expect(windows[n - 1].end - windows[n].start).toBe(16000)
  })
})

describe('averageEmbeddings', () => {
  it('gives the unit vector between two windows', () => {
    const mean = averageEmbeddings([Float32Array.of(1, 0), Float32Array.of(0, 1)])
    expect(mean[0]).toBeCloseTo(Math.SQRT1_2, 6)
    expect(mean[1]).toBeCloseTo(Math.SQRT1_2, 6)
  })

  it('keeps the embedding of a single window', () => {
    expect(Array.from(averageEmbeddings([Float32Array.of(0, -1, 0)]))).toEqual([0, -1, 0])
  })
})

it('pads short audio with silence and leaves long audio as it is', () => {
  expect(Array.from(padAudio(Float32Array.of(1, 2), 4))).toEqual([1, 2, 0, 0])
  const long = new Float32Array(5)
  expect(padAudio(long, 4)).toBe(long)
})
