import type { SpokenWord } from './spokenWords.ts'

/** A number that some words say: from where it was asked for up to `end`. */
export interface SpokenNumber {
  readonly value: number
  readonly end: number
  /** 0: as written; more where a word was taken for another that sounds like it. */
  readonly cost: number
}

const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = ' twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
/** Words that sound like a number and are taken for it where one must stand. */
const SOUNDS: Readonly<Record<string, number>> = {
  to: 2,
  too: 2,
  for: 4,
  fore: 4,
  won: 1,
  ate: 8,
  tree: 3,
  free: 3,
  fourty: 40,
  oh: 0,
  o: 0,
  tan: 10,
}
const SOUND_COST = 0.15
export const ORDINALS = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ')

interface Part {
  readonly value: number
  readonly cost: number
  /** How it may be joined: a digit or ten to nineteen, a round ten, or digits as written. */
  readonly kind: 'unit' | 'ten' | 'written'
}

function toPart(word: string): Part | null {
  if (/^\d+(\.\d+)?$/.test(word)) return { value: Number(word), cost: 0, kind: 'written' }
  const unit = UNITS.indexOf(word)
  if (unit >= 0) return { value: unit, cost: 0, kind: 'unit' }
  const ten = TENS.indexOf(word)
  if (ten > 0) return { value: (ten + 1) * 10, cost: 0, kind: 'ten' }
  const sound = SOUNDS[word]
  if (sound === undefined) return null
  return { value: sound, cost: SOUND_COST, kind: sound >= 20 ? 'ten' : 'unit' }
}

/** The word for a small number, for what is written in digits where a word is meant. */
export const toNumberWord = (digits: string): string | null =>
  UNITS[Number(digits)] ?? TENS[Number(digits) / 10 - 1] ?? null

/** 0…99: "forty", "forty five", "twelve". */
function readBelowHundred(words: readonly SpokenWord[], at: number): SpokenNumber[] {
  const first = toPart(words[at]?.word ?? '')
  if (!first) return []
  const alone = { value: first.value, end: at + 1, cost: first.cost }
  const second = first.kind === 'ten' ? toPart(words[at + 1]?.word ?? '') : null
  if (second?.kind !== 'unit' || second.value < 1 || second.value > 9) return [alone]
  return [alone, { value: first.value + second.value, end: at + 2, cost: first.cost + second.cost }]
}

/** "hundred and twenty" behind what is counted in hundreds. */
function readHundreds(words: readonly SpokenWord[], { value, end, cost }: SpokenNumber): SpokenNumber[] {
  if (words[end]?.word !== 'hundred' || value < 1 || value > 9) return []
  const round = { value: value * 100, end: end + 1, cost }
  const from = words[end + 1]?.word === 'and' ? end + 2 : end + 1
  const rests = readBelowHundred(words, from).filter((rest) => rest.value < 100)
  return [round, ...rests.map((rest) => ({ value: round.value + rest.value, end: rest.end, cost: cost + rest.cost }))]
}

/** "one twenty" and "one oh five" are hundreds, "one two zero" digits. */
function readShort(words: readonly SpokenWord[], at: number): SpokenNumber[] {
  const first = toPart(words[at]?.word ?? '')
  if (first?.kind !== 'unit' || first.value < 1 || first.value > 9) return []
  const pairs = readBelowHundred(words, at + 1)
    .filter(({ value }) => value >= 10 && value < 100)
    .map((rest) => ({ value: first.value * 100 + rest.value, end: rest.end, cost: first.cost + rest.cost }))
  const digits = [first]
  for (let next = at + 1; digits.length < 3; next++) {
    const part = toPart(words[next]?.word ?? '')
    if (part?.kind !== 'unit' || part.value > 9) break
    digits.push(part)
  }
  if (digits.length < 3) return pairs
  const value = Number(digits.map((digit) => digit.value).join(''))
  return [...pairs, { value, end: at + 3, cost: digits.reduce((sum, { cost }) => sum + cost, 0) }]
}

function readDecimals(words: readonly SpokenWord[], { value, end, cost }: SpokenNumber): SpokenNumber[] {
  if (words[end]?.word !== 'point' || !Number.isInteger(value)) return []
  const part = toPart(words[end + 1]?.word ?? '')
  if (!part || part.value > 9 || !Number.isInteger(part.value)) return []
  return [{ value: value + part.value / 10, end: end + 2, cost: cost + part.cost }]
}

function readPositive(words: readonly SpokenWord[], at: number): SpokenNumber[] {
  const word = words[at]?.word
  if (word === 'a' && words[at + 1]?.word === 'hundred') return readHundreds(words, { value: 1, end: at + 1, cost: 0 })
  const below = readBelowHundred(words, at)
  const whole = [...below, ...below.flatMap((one) => readHundreds(words, one)), ...readShort(words, at)]
  return [...whole, ...whole.flatMap((one) => readDecimals(words, one))]
}

/** Every number that words from `at` on can be read as: "one hundred and twenty", "one twenty", "ten point five", "120", "minus four". */
export function readNumbers(words: readonly SpokenWord[], at: number): SpokenNumber[] {
  const isNegative = words[at]?.word === 'minus' || words[at]?.word === 'negative'
  if (!isNegative) return readPositive(words, at)
  return readPositive(words, at + 1).map((one) => ({ ...one, value: -one.value }))
}

/** What a unit is in that of the slot, by what is said. */
const UNIT_WORDS = {
  mm: {
    mm: 1,
    millimetre: 1,
    millimetres: 1,
    millimeter: 1,
    millimeters: 1,
    mil: 1,
    mils: 1,
    millimetri: 1,
    cm: 10,
    centimetre: 10,
    centimetres: 10,
    centimeter: 10,
    centimeters: 10,
  },
  percent: { percent: 1 },
  slices: { slice: 1, slices: 1, image: 1, images: 1, frame: 1, frames: 1 },
} as const satisfies Readonly<Record<string, Readonly<Record<string, number>>>>

export type SpokenUnit = keyof typeof UNIT_WORDS

/** The same numbers, with the unit that may stand behind them. */
export function withUnit(
  words: readonly SpokenWord[],
  numbers: readonly SpokenNumber[],
  unit: SpokenUnit,
): SpokenNumber[] {
  const factors: Readonly<Record<string, number>> = UNIT_WORDS[unit]
  return numbers.map((one) => {
    const factor = factors[words[one.end]?.word ?? '']
    return factor === undefined ? one : { ...one, value: one.value * factor, end: one.end + 1 }
  })
}
