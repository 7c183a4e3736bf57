import type { Statement } from '../statements/statement.ts'
import type { NamedFinding } from './finding.ts'

/** Words that deny what stands near them (NegEx, Chapman et al. 2001, and the chest reports' "clear", "free", "normal"). */
const DENIALS = new Set(
  'no not nor neither none never without absent absence negative free clear normal unremarkable resolved excluded denies'.split(
    ' ',
  ),
)
/** "No other nodules" leaves the one that was named: the denial is of more, not of the finding. */
const MORE = new Set(['other', 'further', 'additional', 'new', 'more'])
/** "Has not resolved", "cannot be excluded": two denials leave the finding. */
const UNDONE_BY_NOT = new Set(['resolved', 'cleared', 'excluded', 'exclude', 'disappeared'])
const isNot = (word: string): boolean => /^(not|never|cannot)$|n't$/.test(word)
/** A list under one denial may be long: "no pleural effusion, pericardial effusion, lymphadenopathy or hiatal hernia". */
const WORDS_BEFORE = 12
const WORDS_BEHIND = 6
/** Where the finding lies is often left out or said otherwise: "right lower lobe opacity". */
const PLACE_WORDS = new Set(['lung', 'pulmonary'])

const toWords = (text: string): string[] => text.toLowerCase().match(/[a-z']+/g) ?? []
const isSameWord = (heard: string, wanted: string): boolean => heard === wanted || heard === `${wanted}s`

/** Places in `words` at which a phrase begins. */
const findPhrase = (words: readonly string[], phrase: readonly string[]): number[] =>
  phrase.length === 0
    ? []
    : words.flatMap((_, at) => (phrase.every((wanted, n) => isSameWord(words[at + n] ?? '', wanted)) ? [at] : []))

/** Both words of "has not been excluded" are undone by each other. */
function isUndone(words: readonly string[], at: number): boolean {
  if (isNot(words[at])) return words.slice(at + 1, at + 4).some((word) => UNDONE_BY_NOT.has(word))
  return UNDONE_BY_NOT.has(words[at]) && words.slice(Math.max(0, at - 3), at).some(isNot)
}

function isDenied(words: readonly string[], from: number, to: number): boolean {
  const denies = (at: number) => DENIALS.has(words[at]) && !MORE.has(words[at + 1]) && !isUndone(words, at)
  const near = (start: number, end: number) =>
    Array.from({ length: Math.max(0, end - start) }, (_, n) => start + n).some(denies)
  return near(Math.max(0, from - WORDS_BEFORE), from) || near(to, Math.min(words.length, to + WORDS_BEHIND))
}

/**
 * What the encoder reads as absent although the transcript spells the finding out with no denying word near it is
 * uncertain: an embedding may take the denial of one finding for that of its neighbour, a reader does not. A finding that the
 * transcript does not name stays as the encoder reads it. The transcript is that of the pack, in English.
 */
export function questionAbsent(
  said: readonly Statement[],
  transcript: string | null,
  findings: readonly (NamedFinding & { readonly synonyms: readonly string[] })[],
): Statement[] {
  const words = toWords(transcript ?? '')
  const isAffirmed = (id: string) => {
    const finding = findings.find((known) => known.id === id)
    const phrases = finding ? [finding.label, ...finding.synonyms].map(toWords) : []
    return phrases
      .map((phrase) => (PLACE_WORDS.has(phrase[0]) ? phrase.slice(1) : phrase))
      .some((phrase) => findPhrase(words, phrase).some((at) => !isDenied(words, at, at + phrase.length)))
  }
  return said.map((statement) =>
    statement.status === 'absent' && isAffirmed(statement.findingId)
      ? { ...statement, status: 'uncertain' as const }
      : statement,
  )
}
