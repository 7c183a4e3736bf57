import { describe, expect, it } from 'vitest'
import { joinFrames, toBestPath, toTranscript } from './ctc.ts'

const ALPHABET = ['', ' ', 'a', 'l', 'b']
const path = (letters: string) => Uint16Array.from(letters, (letter) => (letter === '_' ? 0 : ALPHABET.indexOf(letter)))

describe('toTranscript', () => {
  it('merges repeats and drops blanks', () => {
    expect(toTranscript(path('__bbb_aa_ll__'), ALPHABET)).toBe('bal')
  })

  it('keeps a doubled letter when a blank lies between', () => {
    expect(toTranscript(path('ba_l_l'), ALPHABET)).toBe('ball')
    expect(toTranscript(path('ba_ll'), ALPHABET)).toBe('bal')
  })

  it('trims and folds spaces', () => {
    expect(toTranscript(path('  _ a  _  b_ '), ALPHABET)).toBe('a b')
    expect(toTranscript(path('____'), ALPHABET)).toBe('')
  })
})

it('takes the most likely letter of every frame', () => {
  const logProbs = Float32Array.of(-1, -2, -3, /**/ -3, -0.5, -0.6, /**/ -9, -8, -7)
  expect(Array.from(toBestPath(logProbs, 3))).toEqual([0, 1, 2])
})

/** Frames in which one letter is certain. */
function framesOf(letters: string): Float32Array {
  const logProbs = new Float32Array(letters.length * ALPHABET.length).fill(-9)
  path(letters).forEach((letter, frame) => {
    logProbs[frame * ALPHABET.length + letter] = 0
  })
  return logProbs
}

describe('joinFrames', () => {
  it('cuts overlapping windows in the middle of what they share', () => {
    const windows = [
      { start: 0, end: 10 },
      { start: 6, end: 16 },
    ]
    const joined = joinFrames([framesOf('aaaaaaaabb'), framesOf('llbbbbbbbb')], windows, ALPHABET.length)
    expect(joined).toEqual(framesOf('aaaaaaaabbbbbbbb'))
  })

  it('does not hear a word of the overlap twice', () => {
    const windows = [
      { start: 0, end: 1200 },
      { start: 800, end: 1600 },
    ]
    const joined = joinFrames([framesOf('a_l_a_bb_ b_'), framesOf('bb_ b_aa')], windows, ALPHABET.length)
    expect(toTranscript(toBestPath(joined, ALPHABET.length), ALPHABET)).toBe('alab ba')
  })

  it('returns the only window whole', () => {
    expect(joinFrames([framesOf('ab')], [{ start: 0, end: 640 }], ALPHABET.length)).toEqual(framesOf('ab'))
  })
})
