import { indexPhrases, matchPhrase, type Phrase, parsePhrase } from './phrases.ts'
import { type Token, toHeardWords, tokenize } from './tokens.ts'

/** What a speaker takes back: all of the clause before, or that part of it that is said anew. */
export interface Correction {
  readonly kind: 'taken-back' | 'said-anew'
  /** Tokens from `start` up to `end` say so. */
  readonly start: number
  readonly end: number
}

const TAKEN_BACK = [
  'scratch|strike|delete|disregard|cancel|erase|ignore|remove that|this|it',
  'scratch|strike|delete|disregard|cancel|erase|ignore that|the last|previous sentence|statement|part|finding',
  'scratch|strike|delete|disregard|erase the last|previous|that one|sentence|statement|finding',
  'scratch|strike|delete|disregard|cancel|erase|ignore that sentence|statement|part|finding|line',
  'take that back',
  'forget that|it|this',
  'disregard',
  'strike|scratch',
  'never mind|that',
].map(parsePhrase)

const SAID_ANEW = [
  'correction',
  'let me rephrase|restate|start',
  'actually there is|are',
  'actually no',
  'no actually',
  'no wait',
  'wait|oops|whoops|sorry|pardon',
  'hold on',
  'excuse|pardon me',
  'my mistake|bad|apologies',
  'apologies',
  'check that',
  'no|wait actually',
  'i beg your pardon',
  'no sorry',
  'no i mean|meant',
  'wait actually',
  'no make that|it',

  'wait no',
  'i mean|meant',
  'make that|it',
  'or rather',
  'let me correct that|myself',
  'i misspoke',
  'i should say',
  'should say',
  'what i meant|mean',
  'on second thought|look',
  'let me change|fix that',
].map(parsePhrase)

const toIndex = (phrases: readonly Phrase[]) => indexPhrases(phrases.map((phrase) => ({ phrase })))
const KINDS = [
  ['taken-back', toIndex(TAKEN_BACK)],
  ['said-anew', toIndex(SAID_ANEW)],
] as const

/** "On the left, no, on the right", "No nodules, well, one nodule". */
const isInterjected = (tokens: readonly Token[], at: number): boolean =>
  /^(no|nope|well|actually|rather)$/.test(tokens[at].word) &&
  tokens[at].breaks !== null &&
  at > 0 &&
  at + 1 < tokens.length &&
  tokens[at - 1].breaks === 'comma'

/** "Mild no moderate cardiomegaly", "8 no 9 mm". */
const DEGREE = /^(mild|moderate|severe|small|large|tiny|trace|marked|minimal|massive)$/

/** "There is a hernia no there isn't": a denial that nothing joins to what stands before it. */
const isGainsaid = (tokens: readonly Token[], at: number): boolean =>
  tokens[at].word === 'no' &&
  at > 0 &&
  tokens[at - 1].breaks !== 'sentence' &&
  (/^(there|it|they|that)$/.test(tokens[at + 1]?.word ?? '') ||
    [DEGREE, /^\d/].some((kind) => kind.test(tokens[at - 1].word) && kind.test(tokens[at + 1]?.word ?? '')))

/** Corrections in the order of the text. */
export function findCorrections(tokens: readonly Token[]): Correction[] {
  const found: Correction[] = []
  for (let at = 0; at < tokens.length; at++) {
    for (const [kind, phrasesOf] of KINDS) {
      const ends = phrasesOf(tokens[at].word).flatMap(({ phrase }) => {
        const places = matchPhrase(phrase, tokens, at, tokens.length)
        return places ? [places[places.length - 1] + 1] : []
      })
      if (ends.length === 0 && kind === 'said-anew' && (isInterjected(tokens, at) || isGainsaid(tokens, at)))
        ends.push(at + 1)
      if (ends.length === 0) continue
      found.push({ kind, start: at, end: Math.max(...ends) })
      at = Math.max(...ends) - 1
      break
    }
  }
  return found
}

/** Whether a text begins by correcting what was said before it: "Correction, the effusion is on the left." */
export const beginsWithCorrection = (text: string): boolean =>
  findCorrections(tokenize(toHeardWords(text))).some(({ start }) => start === 0)

/** Whether a text begins by taking back what was said before it. */
export const beginsWithTakingBack = (text: string): boolean =>
  findCorrections(tokenize(toHeardWords(text))).some(({ kind, start }) => kind === 'taken-back' && start === 0)

/** What stands behind the words that take back what was said before a text; null where it does not begin so. */
export function readBehindTakingBack(text: string): string | null {
  const tokens = tokenize(toHeardWords(text))
  const found = findCorrections(tokens).find(({ kind, start }) => kind === 'taken-back' && start === 0)
  if (!found) return null
  const rest = tokens.slice(found.end).filter(({ isRest }) => !isRest)
  return rest.map((token) => token.text).join(' ')
}
