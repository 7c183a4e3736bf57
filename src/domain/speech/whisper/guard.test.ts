import { describe, expect, it } from 'vitest'
import { countKept, findLoop, isSilent } from './guard.ts'

const GUARD = { leastLogProb: -1.2, noSpeech: 0.4, leastLogProbIfSilent: -0.5 }

describe('isSilent', () => {
  it.each([
    ['clear speech', [-0.1, -0.3], 0.02, false],
    ['unsure words where speech is likely', [-0.9, -0.9], 0.2, false],
    ['unsure words where no speech is likely', [-0.9, -0.9], 0.5, true],
    ['sure words where no speech is likely', [-0.2, -0.2], 0.5, false],
    ['words that the model itself does not believe', [-0.4, -2.4], 0.01, true],
  ])('%s', (_, logProbs, noSpeech, expected) => {
    expect(isSilent(Float32Array.from(logProbs), noSpeech, GUARD)).toBe(expected)
  })
})

describe('loops', () => {
  const sentence = [11, 12, 13, 14, 15, 16]

  it('are what is repeated at least four times and eight tokens long', () => {
    expect(findLoop([5, 1, 2, 1, 2, 1, 2, 1, 2, 9], true)).toEqual({ at: 1, period: 2 })
    expect(findLoop([7, 7, 7, 7, 7, 7, 7, 7], true)).toEqual({ at: 0, period: 1 })
    expect(findLoop([1, 2, 1, 2, 1, 2, 3], true)).toBeNull()
    expect(findLoop([7, 7, 7, 7], false)).toBeNull()
  })

  it('are found sooner where decoding never ended, since a sentence said twice ends', () => {
    expect(findLoop([...sentence, ...sentence], true)).toBeNull()
    expect(findLoop([5, ...sentence, ...sentence, 11], false)).toEqual({ at: 1, period: 6 })
    expect(findLoop([...sentence, ...sentence, 9], false)).toBeNull()
  })

  it('leave what stands before them and one turn, and nothing of a mere sound from the start on', () => {
    expect(countKept([5, 6, 1, 2, 1, 2, 1, 2, 1, 2, 1], false)).toBe(4)
    expect(countKept([...sentence, ...sentence, ...sentence], false)).toBe(6)
    expect(countKept([1, 2, 1, 2, 1, 2, 1, 2], false)).toBe(0)
    expect(countKept([1, 2, 3], true)).toBe(3)
  })
})
