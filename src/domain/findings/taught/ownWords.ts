import type { SpokenFinding } from '../../statements/transcript/mentions.ts'
import type { OwnFinding } from './ownFinding.ts'

/** Words that state no finding by themselves: as a finding's name they would be heard in every sentence. */
const COMMON =
  /^(a|an|the|and|or|no|not|is|are|was|were|be|been|it|its|there|this|that|these|those|of|in|on|at|to|for|with|without|as|by|from|left|right|upper|lower|middle|both|present|absent|possible|normal|lung|lungs|lobe|chest|ct|scan|patient|mm|cm|seen|again|new|old|small|large)$/

const LEAST_LETTERS = 3
const MOST_LETTERS = 60

/** As the reader of transcripts spells it: lower-case letters and digits, words parted by one blank. */
const toSpelled = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9']+/g, ' ')
    .trim()

/** Whether a phrase can be heard and says something. */
function isSpeakable(text: string): boolean {
  const spelled = toSpelled(text)
  const words = spelled.split(' ')
  return /[a-z]/.test(spelled) && spelled.length >= LEAST_LETTERS && !words.every((word) => COMMON.test(word))
}

/** What is typed between commas, each once. */
export function parseSynonyms(text: string): string[] {
  const parts = text.split(/[,;\n]/).map((part) => part.replace(/\s+/g, ' ').trim().slice(0, MOST_LETTERS))
  return [...new Set(parts.filter((part) => part !== ''))]
}

/** A name as it is kept. */
export const toLabel = (text: string): string => {
  const words = text.replace(/\s+/g, ' ').trim().slice(0, MOST_LETTERS)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Of a name and other words for it those that cannot be heard: "no" would be heard in every sentence. */
export const unspeakable = (words: readonly string[]): string[] => words.filter((word) => !isSpeakable(word))

/** How the reader of transcripts knows it: by its name and the other words for it, the prompt's among them. */
export function toSpokenFinding({ id, label, synonyms, prompt }: OwnFinding): SpokenFinding {
  const words = [label, ...synonyms, ...(prompt ? [prompt.text] : [])].filter(isSpeakable).map(toSpelled)
  return { id, label, synonyms: [], spoken: { affirms: [...new Set(words)] } }
}
