import type { FindingDetails } from '../findingDetails.ts'
import { FINDING_IDS } from '../findings/ctRateFindings.ts'
import type { Random } from '../random.ts'
import {
  type FindingStates,
  type ReportSentence,
  writeAbsentSentence,
  writePresentSentence,
} from './findingSentences.ts'
import { writeContrast, writeGroupDenial, writeJoinedDenial, writeJoinedFindings } from './joinedSentences.ts'
import { writeOtherTalk } from './otherTalk.ts'
import { createRandomDetails } from './randomDetails.ts'
import { toDictationStyle } from './spokenStyle.ts'

export interface Dictation {
  readonly text: string
  readonly states: FindingStates
  readonly kind: 'finding' | 'negative' | 'mixed' | 'other'
}

/** A dictated text of 1–3 sentences. No finding is both said and denied within one text. */
export function writeDictation(random: Random): Dictation {
  const free = random.shuffle(FINDING_IDS)
  const take = () => createRandomDetails(free.pop()!, random)
  const count = random.pick([1, 1, 1, 2, 2, 3])
  const sentences: ReportSentence[] = []
  let states: FindingStates = {}
  for (let i = 0; i < count; i++) {
    const sentence = writeSentence(take, states, random)
    sentences.push(sentence)
    states = { ...states, ...sentence.states }
    for (const finding of Object.keys(sentence.states)) removeFrom(free, finding)
  }
  const text = toDictationStyle(sentences.map((sentence) => sentence.text).join(' '), random)
  return { text, states, kind: toKind(states) }
}

function removeFrom<T>(list: T[], item: unknown): void {
  const at = list.indexOf(item as T)
  if (at >= 0) list.splice(at, 1)
}

/** Shares: 45 % present (some with a denial beside it), 35 % absent, 20 % other talk. */
function writeSentence(take: () => FindingDetails, said: FindingStates, random: Random): ReportSentence {
  const share = random.next()
  if (share < 0.34) return single('present', take(), random)
  if (share < 0.38) return writeJoinedFindings([take(), take()], random)
  if (share < 0.45) return writeContrast(take(), random.chance(0.7) ? [take()] : [take(), take()], random)
  if (share < 0.68) return single('absent', take(), random)
  if (share < 0.77) return writeJoinedDenial(random.chance(0.6) ? [take(), take()] : [take(), take(), take()], random)
  if (share < 0.8) {
    const group = writeGroupDenial((finding) => said[finding] === undefined, random)
    return group ?? single('absent', take(), random)
  }
  return { text: writeOtherTalk(random), states: {} }
}

function single(state: 'present' | 'absent', details: FindingDetails, random: Random): ReportSentence {
  const text =
    state === 'present' ? writePresentSentence(details, random) : writeAbsentSentence(details.finding, details, random)
  return { text, states: { [details.finding]: state } }
}

function toKind(states: FindingStates): Dictation['kind'] {
  const values = Object.values(states)
  if (values.length === 0) return 'other'
  if (!values.includes('absent')) return 'finding'
  return values.includes('present') ? 'mixed' : 'negative'
}
