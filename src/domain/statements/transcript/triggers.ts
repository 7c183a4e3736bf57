import { matchPhrase, type Phrase, parsePhrase } from './phrases.ts'
import type { Token } from './tokens.ts'

/**
 * What words near a finding make of it. None: the words look like a denial and are none ("no change in"). More: what is
 * denied is more of it ("no other"), which says nothing of what was named.
 */
export type Effect = 'present' | 'absent' | 'uncertain' | 'resolved' | 'more' | 'none'

/** Where the finding stands that the words are about. */
type Direction = 'ahead' | 'behind' | 'both'

interface Rule {
  readonly phrase: Phrase
  readonly effect: Effect
  readonly direction: Direction
  /** How many tokens the finding may be away. */
  readonly reach: number
  /** Counts only where nothing else reaches the finding ("previously seen", of which more may be said behind). */
  readonly isWeak: boolean
  /** Counts only at the end of its part of the sentence: "septal thickening, maybe". */
  readonly isClosing: boolean
}

/** A rule's words at their place in the text. */
export interface Trigger extends Omit<Rule, 'phrase'> {
  readonly start: number
  readonly end: number
}

const FAR = 24
const NEAR = 5
const BESIDE = 3
const LIST = 14

const SEEN =
  'seen|identified|present|appreciated|evident|demonstrated|visualized|visualised|detected|noted|found|apparent|visible|shown|observed|there|suspected'
const NOT =
  "not|isn't|aren't|wasn't|weren't|never|cannot|can't|couldn't|don't|doesn't|didn't|hasn't|haven't|hadn't|won't"

const toRules = (effect: Effect, direction: Direction, reach: number, phrases: readonly string[]): Rule[] =>
  phrases.map((text) => ({ phrase: parsePhrase(text), effect, direction, reach, isWeak: false, isClosing: false }))

const weak = (rules: readonly Rule[]): Rule[] => rules.map((rule) => ({ ...rule, isWeak: true }))

const closing = (rules: readonly Rule[]): Rule[] => rules.map((rule) => ({ ...rule, isClosing: true }))

/** What a `~` must not leave out: it would turn the phrase round. */
const BARRIER = /^(not?|never|nearly|almost|partially|partly|incompletely|largely|mostly|neither|nor|cannot)$|n't$/

/**
 * Assertion rules in the manner of NegEx (Chapman et al. 2001, J Biomed Inform 34:301) and ConText (Harkema et al. 2009,
 * J Biomed Inform 42:839): phrases with a direction and a reach; the longest phrase at a place is the one that counts, so
 * "has not resolved" is neither "not" nor "resolved".
 */
const RULES: readonly Rule[] = [
  // Two denials.
  ...toRules('present', 'both', FAR, [
    `${NOT} ~ resolved|cleared|disappeared|gone|improved|subsided|regressed|changed`,
    'fail* to clear|resolve|improve|disappear',
    'neither has|have',
    'without resolution|clearing',
    'no resolution|clearing',
    'no interval resolution|clearing',
    `${NOT} ~ deniable|deny`,
  ]),
  ...toRules('present', 'both', FAR, [
    'incompletely|partially|partly|nearly|almost|largely|mostly ~ resolved|cleared',
    'partial|incomplete|near ~ resolution|clearing',
  ]),
  ...toRules('present', 'behind', FAR, [
    'persist*',
    'remains|remain!',
    'unchanged',
    'stable',
    'is|are ~ unchanged|stable|smaller|larger|bigger|new|improved|worse|residual|increased|decreased',
    'has|have ~ increased|decreased|progressed|grown|improved|worsened|enlarged|recurred',
    'as before',
  ]),
  ...toRules('present', 'ahead', NEAR, ['residual', 'persistent', 'remaining', 'recurrent']),
  ...toRules('uncertain', 'both', FAR, [
    `${NOT} ~ exclude|excluded|excludes`,
    `${NOT} ~ rule|ruled out`,
    'difficult|hard|impossible to exclude',
    'difficult|hard|impossible to rule out',
    `${NOT} certain|sure|clear`,
  ]),
  // Denials of change, of more, of a property.
  ...toRules('none', 'both', 0, [
    'no|without ~ change|increase|decrease|progression|growth|difference|worsening|improvement|enlargement',
    `${NOT} changed|increased|decreased|progressed|grown|enlarged|worsened|larger|smaller|bigger|new!`,
    `${NOT} significantly|substantially|appreciably|measurably|markedly|really|much|yet changed|increased|decreased|progressed|grown|enlarged|worsened|larger|smaller`,
    'no larger|smaller|bigger|worse|better',
    `${NOT} only|just|merely|necessarily`,
    'no doubt',
    'without doubt|question',
    'no longer than',
  ]),
  ...toRules('more', 'ahead', FAR, [
    'no|without other|additional|further|new|more',
    'no|without any|definite|significant|suspicious other|additional|further|new|more',
    'no|without evidence of other|additional|further|new|more',
    'no|without evidence of any other|additional|further|new|more',
    'nothing else',
    'neither other|new',
  ]),
  ...toRules('more', 'ahead', FAR, [
    'otherwise|elsewhere ~ no|without',
    'rather than',
    'instead of',
    'as opposed to',
    'no|without ~ else',
  ]),
  ...toRules('more', 'behind', FAR, ['no others|more']),
  // Of the past.
  ...toRules('resolved', 'both', FAR, [
    'no longer',
    'status post ~ repair|resection|removal|treatment|drainage|surgery',
    'has|have|had|is|are|now ~ resolved|cleared|disappeared|gone|vanished|normalized|normalised',
  ]),
  ...toRules('resolved', 'behind', FAR, [
    'resolved',
    'cleared',
    'disappeared',
    'gone',
    'has|have|been|was|were ~ removed|drained|resected|evacuated|withdrawn|explanted|replaced|repaired|excised|treated|taken|pulled',
    'removed',
    'return*|gone|went|back ~ normal',
    'in the|her|his past|history',
    'as a child',
    'years|months|weeks ago',
    'used to be',
  ]),
  ...toRules('resolved', 'ahead', LIST, [
    'history of',
    'prior history of',
    'past|remote|previous history of',
    'past|previous|prior medical|surgical history',
    'status post',
    'normalization|normalisation of',
    'used to be',
    'there was|were once',
    'resolved',
    'resolution of',
    'clearing of',
    'disappearance of',
    'removal of',
    'previously ~ had',
    'used to have',
  ]),
  ...toRules('resolved', 'ahead', BESIDE, ['previous', 'prior', 'former', 'formerly']),
  ...weak([
    ...toRules('resolved', 'ahead', BESIDE, [
      'previously ~ seen|noted|described|reported|known|documented|identified|demonstrated',
      'previously',
    ]),
    ...toRules('resolved', 'behind', FAR, ['on the|her|his|a|an ~ prior|previous|earlier', 'had been']),
    ...closing(toRules('resolved', 'behind', FAR, ['previously'])),
  ]),
  // Possible.
  ...toRules('uncertain', 'ahead', FAR, [
    'possible',
    'possibly',
    'probable',
    'probably',
    'likely',
    'perhaps',
    'maybe',
    'suspected',
    'suspect',
    'suspicion of|for',
    'suspicious for|of',
    'suggest*',
    'concern* for',
    'worrisome for',
    'question of',
    'questionable',
    'equivocal',
    'presumed',
    'presumably',
    'may|might|could represent|reflect|be|indicate|have',
    'rule! out',
    'evaluate for',
    'evaluation of|for',
    'assess for',
    'look* for',
    'query',
    'raise* ~ possibility of',
    'differential ~ includes|include|is',
    'if ~ there is|are',
  ]),
  ...toRules('uncertain', 'both', BESIDE, ['versus', 'vs']),
  ...toRules('uncertain', 'both', FAR, [
    'is|are|remains possible|questionable|questioned|suspected|equivocal|uncertain|indeterminate|likely|probable|unlikely|borderline',
  ]),
  ...toRules('uncertain', 'behind', FAR, [
    'may|might|could ~ be present|there',
    'possible',
    'suspected',
    'in question',
    'borderline',
  ]),
  ...closing(toRules('uncertain', 'behind', BESIDE, ['maybe', 'perhaps', 'possibly', 'probably', 'likely', 'i think'])),
  ...toRules('uncertain', 'ahead', FAR, ['borderline', 'unlikely', 'doubtful']),
  // Denials.
  ...toRules('absent', 'ahead', FAR, [
    'no',
    'no evidence|sign|signs|indication|suggestion|finding|findings of',
    'no definite|convincing|significant|discrete|obvious|suspicious|focal|gross|acute',
    'without',
    'without evidence of',
    'absence of',
    'absent',
    'lack* of|any',
    'negative for',
    'free of',
    'clear of',
    'neither',
    'nor',
    'none of',
    'rules! out',
    'ruled out!',
    'nothing ~ suggest*|suspicious|concerning|indicate|for',
    'nothing like|of',
    'exclude|excludes|excluded',
    'never had|any',
    'fail* to show|demonstrate|reveal',
  ]),
  ...toRules('absent', 'ahead', 8, [NOT, 'cannot|unable ~ see|identify|find']),
  ...toRules('absent', 'behind', FAR, [
    `${NOT} ~ ${SEEN}`,
    'is|are|was|were absent|negative|excluded',
    'is|of zero',
    `${NOT} ~ recurred|returned|developed|appeared`,
    'been excluded|ruled',
    'ruled out',
    'absent',
    'excluded',
    'none',
    'nil',
    'negative',
  ]),
]

/** The longest rule that begins at each place, from left to right; its words belong to no other. */
export function findTriggers(tokens: readonly Token[], start: number, end: number): Trigger[] {
  const triggers: Trigger[] = []
  for (let at = start; at < end; at++) {
    const fits = RULES.flatMap((rule) => {
      const places = matchPhrase(rule.phrase, tokens, at, end)
      return places && !leavesOutBarrier(tokens, places) && (!rule.isClosing || isLast(tokens, places, end))
        ? [{ rule, end: places[places.length - 1] + 1, words: places.length }]
        : []
    })
    if (fits.length === 0) continue
    const most = Math.max(...fits.map(({ words }) => words))
    const longest = fits.filter(({ words }) => words === most)
    for (const { rule, end: behind } of longest) {
      const { phrase: _, ...what } = rule
      triggers.push({ ...what, start: at, end: behind })
    }
    at = Math.max(...longest.map((fit) => fit.end)) - 1
  }
  return triggers
}

const leavesOutBarrier = (tokens: readonly Token[], places: readonly number[]): boolean =>
  tokens
    .slice(places[0], places[places.length - 1])
    .some(({ word }, n) => !places.includes(places[0] + n) && BARRIER.test(word))

const isLast = (tokens: readonly Token[], places: readonly number[], end: number): boolean => {
  const last = places[places.length - 1]
  return last === end - 1 || tokens[last].breaks !== null
}
