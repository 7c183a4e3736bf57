import { describe, expect, it } from 'vitest'
import type { TimedWord } from '../transcription.ts'
import { agree, type LiveWords, NO_WORDS } from './agreement.ts'

/** Words half a second each from `at` on. */
const say = (text: string, at = 0): TimedWord[] =>
  text.split(' ').map((word, n) => {
    const startSeconds = at + n / 2
    return { text: word, startSeconds, endSeconds: startSeconds + 0.5, probability: 0.9 }
  })

const toTexts = ({ settled, unsettled }: LiveWords) =>
  [settled, unsettled].map((words) => words.map(({ text }) => text).join(' '))

const pass = (texts: readonly string[]) => texts.reduce((words, text) => agree(words, say(text), 0), NO_WORDS)

describe('what two successive passes agree upon', () => {
  it.each([
    ['is nothing after the first', ['There is a'], ['', 'There is a']],
    ['is settled up to where they differ', ['There is a moule', 'There is a module in'], ['There is a', 'module in']],
    [
      'is settled without a difference of case or sign',
      ['no diffusion', 'No effusion, no', 'No effusion no mass'],
      ['No effusion no', 'mass'],
    ],
    ['grows with every pass', ['a', 'a b', 'a b c', 'a b c d'], ['a b c', 'd']],
    ['is no more than the next pass heard', ['a b c', 'a b'], ['a b', '']],
    ['needs two passes in a row', ['a b', 'a c', 'a b'], ['a', 'b']],
  ])('%s', (_, texts, expected) => {
    expect(toTexts(pass(texts))).toEqual(expected)
  })

  it('stays, whatever a later pass hears in its place', () => {
    expect(toTexts(pass(['a b c', 'a b c', 'a x c d']))).toEqual(['a b c', 'd'])
    expect(toTexts(pass(['a b c', 'a b c', 'a c d']))).toEqual(['a b c', 'd'])
    expect(toTexts(pass(['a b c', 'a b c', 'a b b c d']))).toEqual(['a b c', 'd'])
    expect(toTexts(pass(['a b c', 'a b c', '']))[0]).toBe('a b c')
  })

  it('loses the full stop that Whisper puts where the sound breaks off', () => {
    expect(toTexts(pass(['There is.', 'There is a small.']))).toEqual(['There is', 'a small'])
    expect(toTexts(pass(['No mass. No node.', 'No mass. No node. The.']))).toEqual(['No mass. No node.', 'The'])
    expect(toTexts(pass(['...']))).toEqual(['', '...'])
  })
})

describe('a window that begins later', () => {
  const before = pass(['the heart is not enlarged and', 'the heart is not enlarged and no'])

  it('goes on behind the settled words that it hears again', () => {
    const after = agree(before, say('not enlarged and no effusion', 1.5), 1.4)
    expect(toTexts(after)).toEqual(['the heart is not enlarged and no', 'effusion'])
  })

  it('finds its place also where a cut word comes first or one is heard otherwise', () => {
    for (const text of ['s not enlarged and no effusion', 'not large and no effusion'])
      expect(toTexts(agree(before, say(text, 1.4), 1.4))).toEqual(['the heart is not enlarged and no', 'effusion'])
  })

  it('forgets what was unsettled before it and can be agreed upon no more', () => {
    const late = agree({ ...NO_WORDS, unsettled: say('one two three four') }, say('three four five', 1), 1)
    expect(toTexts(late)).toEqual(['three four', 'five'])
  })
})
