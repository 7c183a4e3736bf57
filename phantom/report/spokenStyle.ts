import type { Random } from '../random.ts'

/** Gives a text one of the shapes dictation comes in: as typed, all lower or upper case, bare, or punctuation said. */
export function toDictationStyle(text: string, random: Random): string {
  const style = random.next()
  if (style < 0.5) return text
  if (style < 0.62) return text.toLowerCase()
  if (style < 0.84) return dropPunctuation(text).toLowerCase()
  if (style < 0.87) return dropPunctuation(text).toUpperCase()
  const spoken = sayPunctuation(text, random)
  return random.chance(0.6) ? spoken.toLowerCase() : spoken
}

function dropPunctuation(text: string): string {
  return text
    .replace(/[.,:?]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

function sayPunctuation(text: string, random: Random): string {
  const stop = random.pick([' period', ' period', ' full stop'])
  const end = random.chance(0.15) ? random.pick([' new line', ' new paragraph', ' next line']) : ''
  return `${text.replace(/\./g, stop).replace(/,/g, ' comma').replace(/:/g, ' colon').replace(/\?/g, ' question mark')}${end}`
}
