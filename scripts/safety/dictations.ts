import type { FindingDetails, Lobe as LungLobe } from '../../phantom/findingDetails.ts'
import type { PhantomCase } from '../../phantom/phantomCase.ts'
import { createRandom, type Random } from '../../phantom/random.ts'
import type { ReportSentence } from '../../phantom/report/findingSentences.ts'
import type { WrittenUtterance } from '../../src/domain/safety/contradictions/contradictions.ts'
import { joinReadings } from '../../src/domain/statements/joinReadings.ts'
import type { Place, Side, Statement } from '../../src/domain/statements/statement.ts'
import type { Vocabulary } from '../../src/domain/statements/transcript/mentions.ts'
import { readTranscript } from '../../src/domain/statements/transcript/readTranscript.ts'
import { toHeardWords } from '../../src/domain/statements/transcript/tokens.ts'

/** What a scripted dictation gets wrong of one finding; a control gets nothing wrong. */
export interface Fault {
  readonly kind: 'none' | 'left-out' | 'swapped'
  readonly findingId: string | null
}

export interface ScriptedDictation {
  readonly fault: Fault
  readonly utterances: readonly WrittenUtterance[]
}

const LOBES: Readonly<Record<LungLobe, Place>> = {
  RUL: { side: 'right', lobe: 'upper' },
  RML: { side: 'right', lobe: 'middle' },
  RLL: { side: 'right', lobe: 'lower' },
  LUL: { side: 'left', lobe: 'upper' },
  LING: { side: 'left', lobe: 'lingula' },
  LLL: { side: 'left', lobe: 'lower' },
}

function toPlaces({ side, lobes }: FindingDetails): Place[] {
  if (lobes && lobes.length > 0) return lobes.map((lobe) => LOBES[lobe])
  const own: Side | null = side === 'both' ? 'bilateral' : (side ?? null)
  return [{ side: own, lobe: null }]
}

const OTHER_SIDE = { left: 'right', right: 'left' } as const

/** The same lobe of the other lung: the lingula answers to the middle lobe. */
function swap({ side, lobe }: Place): Place {
  if (side !== 'left' && side !== 'right') return { side, lobe }
  return { side: OTHER_SIDE[side], lobe: lobe === 'lingula' ? 'middle' : lobe === 'middle' ? 'lingula' : lobe }
}

const state = (findingId: string, status: Statement['status'], place: Place, sizeMm: number | null): Statement => ({
  findingId,
  status,
  place,
  sizeMm,
  span: null,
  words: `${status} ${findingId} ${place.side ?? ''} ${place.lobe ?? ''}`,
  readings: { embedding: status, transcript: status },
  margin: null,
  isSet: false,
})

/** What a perfect reader would state of the phantom: every finding with its places, and what its report denies. */
export function dictateTruth({ findings, sentences }: PhantomCase, { kind, findingId }: Fault): WrittenUtterance[] {
  const present = findings
    .filter(({ finding }) => kind !== 'left-out' || finding !== findingId)
    .map((details) => {
      const isSwapped = kind === 'swapped' && details.finding === findingId
      const places = isSwapped ? toPlaces(details).map(swap) : toPlaces(details)
      return places.map((place) => state(details.finding, 'present', place, details.sizeMm ?? null))
    })
  const denied = sentences.flatMap(({ states }) =>
    Object.entries(states).flatMap(([id, status]) =>
      status === 'absent' ? [[state(id, 'absent', { side: null, lobe: null }, null)]] : [],
    ),
  )
  return [...present, ...denied].map((statements, n) => ({ id: String(n), text: null, statements }))
}

/** Makes utterances of a phantom with a fault in them; null where that fault cannot be made. */
export type Dictate = (phantom: PhantomCase, fault: Fault) => WrittenUtterance[] | null

const SIDE_WORDS = /\b(left|right|[rl](?=[ul]l\b))/gi
const swapWord = (word: string): string => {
  const other = { left: 'right', right: 'left', r: 'L', l: 'R' }[word.toLowerCase()] ?? word
  return /^[A-Z]/.test(word) ? other.charAt(0).toUpperCase() + other.slice(1) : other
}

/** The report of the phantom, an utterance a sentence, as the app reads words that were heard clearly. */
export const createWordsDictation =
  (vocabulary: Vocabulary): Dictate =>
  ({ sentences }, { kind, findingId }) => {
    const isFaulty = ({ states }: ReportSentence) =>
      Object.entries(states).some(([id, one]) => id === findingId && one === 'present')
    const texts = sentences.flatMap((sentence) => {
      if (kind === 'none' || !isFaulty(sentence)) return [sentence.text]
      return kind === 'left-out' ? [] : [sentence.text.replace(SIDE_WORDS, swapWord)]
    })
    // Not every sentence says its side.
    if (kind === 'swapped' && texts.every((text) => sentences.some((sentence) => sentence.text === text))) return null
    return texts.map((text, n) => {
      const words = toHeardWords(text, true)
      return { id: String(n), text, statements: joinReadings([], readTranscript(words, vocabulary), words) }
    })
  }

/** A dictation without a fault, one without one of the findings and one with the side of one swapped, as far as the phantom has such. */
export function writeDictations(phantom: PhantomCase, dictate: Dictate): ScriptedDictation[] {
  const random: Random = createRandom(phantom.seed).fork('safety')
  const oneSided = phantom.findings.filter(({ side }) => side === 'left' || side === 'right')
  const faults: Fault[] = [{ kind: 'none', findingId: null }]
  if (phantom.findings.length > 0) faults.push({ kind: 'left-out', findingId: random.pick(phantom.findings).finding })
  if (oneSided.length > 0) faults.push({ kind: 'swapped', findingId: random.pick(oneSided).finding })
  return faults.flatMap((fault) => {
    const utterances = dictate(phantom, fault)
    return utterances ? [{ fault, utterances }] : []
  })
}
