import type { Random } from '../../random.ts'

const FILLERS = ['uh', 'um', 'er', 'uhm', 'well', 'let me see', 'so', 'uh', 'um']

/** The text with fillers between its words, and now and then a word said twice. */
export function hesitate(text: string, random: Random): string {
  const words = text.split(' ')
  const stumbles = 1 + random.below(Math.min(3, Math.ceil(words.length / 6)))
  for (let n = 0; n < stumbles; n++) {
    const at = random.below(words.length)
    if (random.chance(0.25) && /^[a-z]+$/.test(words[at])) words[at] = `${words[at]} ${words[at]}`
    else words[at] = at === 0 ? `${random.pick(FILLERS)}, ${words[at]}` : `${random.pick(FILLERS)} ${words[at]}`
  }
  return words.join(' ')
}
