import type { SpokenFinding } from './mentions.ts'
import type { HeardWord } from './tokens.ts'

/** Shorter words have too many neighbours one letter away. */
const SHORTEST = 6

/** Whole words by which it is spoken of a pack's findings: what a doubtful word may be meant for. */
export const toSpellings = (findings: readonly SpokenFinding[]): ReadonlySet<string> =>
  new Set(
    findings
      .flatMap(({ label, synonyms, spoken }) => [label, ...synonyms, ...(spoken?.affirms ?? [])])
      .flatMap((text) => text.toLowerCase().match(/[a-z]+\*?/g) ?? [])
      .filter((word) => word.length >= SHORTEST && !word.endsWith('*')),
  )

/** Whether one letter more, less or another makes one word of the other. */
function isOneLetterApart(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false
  let same = 0
  while (same < a.length && a[same] === b[same]) same++
  const rest = (word: string, isLonger: boolean) => word.slice(same + (isLonger ? 1 : 0))
  return rest(a, a.length >= b.length) === rest(b, b.length >= a.length)
}

function respellWord(word: HeardWord, spellings: ReadonlySet<string>): HeardWord {
  const heard =
    word.text
      .toLowerCase()
      .match(/[a-z]+/g)
      ?.join('') ?? ''
  if (word.isClear || heard.length < SHORTEST || spellings.has(heard)) return word
  const [meant, ...others] = [...spellings].filter((one) => isOneLetterApart(heard, one))
  if (!meant || others.length > 0) return word
  return { ...word, meant }
}

/** Each doubtful word that is one letter away from exactly one of the spellings is taken for that one: "enphysema". */
export const respell = (words: readonly HeardWord[], spellings: ReadonlySet<string>): HeardWord[] =>
  words.map((word) => respellWord(word, spellings))
