import { findLed } from './leadingWord.ts'
import type { SpokenWord } from './spokenWords.ts'

const POLITE = new Set(['please', 'now'])
/** As "wake" is written down by mistake. */
const SOUNDS_LIKE_WAKE = new Set(['wake', 'wakeup', 'awake', 'weak', 'week', 'woke'])

/** `isSure`: the leading word was heard as it is. What only sounds like either needs its "up". */
function asksToWake(words: readonly SpokenWord[], isSure: boolean): boolean {
  const [first, ...rest] = words.map(({ word }) => word).filter((word) => !POLITE.has(word))
  if (first === undefined || rest.length > 1 || rest.some((word) => word !== 'up')) return false
  const isUp = rest.length === 1 || first === 'wakeup'
  return isUp ? SOUNDS_LIKE_WAKE.has(first) : isSure && ['wake', 'awake'].includes(first)
}

/**
 * Whether words end with the phrase that wakes: the leading word and "wake up". What comes before it is not looked at. Without a
 * leading word "wake up" does alone, and then as a whole.
 */
export function isWakePhrase(words: readonly SpokenWord[], leadingWord: string): boolean {
  if (leadingWord === '') return asksToWake(words, false)
  return words.some((_, at) => {
    const led = findLed(words.slice(at), leadingWord)
    return led !== null && asksToWake(led.rest, led.isSure)
  })
}
