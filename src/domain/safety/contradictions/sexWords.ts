import type { SexAlert, SexWord } from '../alert.ts'

/** Beginnings of words that only one sex's organs have, and what a patient is called. "Cervical" is the neck's, "vaginalis" a man's. */
const FEMALE =
  /\b(uter(us|ine|i)|ovar(y|ies|ian)|endometri\w*|myometri\w*|hysterectom\w*|oophorectom\w*|vagina(l|e)?|fallopian|adnexa\w*|pregnan\w*|(?<=\bold |\belderly |\byoung |\bthis |\bpleasant )(woman|lady|female))\b/gi
const MALE =
  /\b(prostat(e|ic|ectomy|ectomies)|testi(s|cle|cles|cular)|scrot(um|al)|seminal vesicles?|epididym\w*|penis|penile|(?<=\bold |\belderly |\byoung |\bthis |\bpleasant )(man|gentleman|male))\b/gi
/** "Her husband had prostate cancer." */
const OF_OTHERS =
  /\b(family|father|mother|brother|sister|husband|wife|son|daughter|uncle|aunt|grandfather|grandmother|donor)\b/i

const WORTH = 0.95

interface Text {
  readonly id: string
  readonly text: string
}

const findWords = ({ id, text }: Text): SexWord[] =>
  text
    .split(/(?<=[.!?;\n])\s+/)
    .filter((sentence) => !OF_OTHERS.test(sentence))
    .flatMap((sentence) => [
      ...[...sentence.matchAll(FEMALE)].map(([word]) => ({ utteranceId: id, word, sex: 'F' as const })),
      ...[...sentence.matchAll(MALE)].map(([word]) => ({ utteranceId: id, word, sex: 'M' as const })),
    ])

/**
 * Words that do not fit the patient's sex; where the header says none, words that do not fit one another. `O` (other) excludes no organ.
 * One alert, however many words.
 */
export function findSexWords(texts: readonly Text[], sex: 'F' | 'M' | 'O' | null): SexAlert[] {
  if (sex === 'O') return []
  const found = texts.flatMap(findWords)
  const words = sex ? found.filter((one) => one.sex !== sex) : found
  if (words.length === 0 || (!sex && new Set(words.map((one) => one.sex)).size < 2)) return []
  const kept = sex ? words : [words[0], ...words.filter((one) => one.sex !== words[0].sex)]
  const id = `sex ${sex ?? ''} ${kept[0].utteranceId} ${kept[0].word.toLowerCase()}`
  return [{ kind: 'contradiction', about: 'sex', id, findingId: null, sex, words: kept, worth: WORTH }]
}
