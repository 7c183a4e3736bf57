import type { Token } from './tokens.ts'

const UNITS: Readonly<Record<string, number>> = {
  mm: 1,
  millimeter: 1,
  millimeters: 1,
  millimetre: 1,
  millimetres: 1,
  cm: 10,
  centimeter: 10,
  centimeters: 10,
  centimetre: 10,
  centimetres: 10,
}
const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')

/** Millimetres beyond which a number with a unit is no diameter in a chest. */
const LARGEST_MM = 400

export interface Size {
  readonly mm: number
  /** Tokens from `start` up to `end` say it. */
  readonly start: number
  readonly end: number
  /** It is smaller than that: "under 10 mm". */
  readonly isBelow: boolean
}

const isBelow = (tokens: readonly Token[], start: number): boolean =>
  tokens.slice(Math.max(0, start - 2), start).some(({ word }) => /^(under|below|less|smaller)$/.test(word))

const POINT_IN_TIME = /^(this|that|which|what|some|one|the)$/

/** A number in digits or words that ends before `end`: "6", "1.2", "twenty one", "one point five". */
function readNumberBefore(
  tokens: readonly Token[],
  end: number,
): { readonly value: number; readonly start: number } | null {
  const digits = (at: number) => (/^\d+(\.\d+)?$/.test(tokens[at]?.word ?? '') ? Number(tokens[at].word) : null)
  const one = (at: number) => {
    const value = ONES.indexOf(tokens[at]?.word ?? '')
    return value >= 0 ? value : digits(at)
  }
  const ten = (at: number) => (TENS.indexOf(tokens[at]?.word ?? '') + 2) * 10
  const isTen = (at: number) => TENS.includes(tokens[at]?.word ?? '')
  const at = end - 1
  const last = one(at)
  if (last !== null && tokens[at - 1]?.word === 'point') {
    const whole = readNumberBefore(tokens, at - 1)
    if (whole) return { value: whole.value + last / 10, start: whole.start }
    // "Point five", but not "at this point five".
    if (!POINT_IN_TIME.test(tokens[at - 2]?.word ?? '')) return { value: last / 10, start: at - 1 }
  }
  if (last !== null && last < 10 && isTen(at - 1)) return { value: ten(at - 1) + last, start: at - 1 }
  if (last !== null) return { value: last, start: at }
  return isTen(at) ? { value: ten(at), start: at } : null
}

const isTimes = (word: string | undefined): boolean => word === 'x' || word === 'by' || word === 'times'

/** "Previously 4 mm", "was 8 mm", "compared to 6 mm". */
const isFormer = (tokens: readonly Token[], { start }: Size): boolean =>
  tokens
    .slice(Math.max(0, start - 2), start)
    .some(({ word }) => /^(previously|formerly|was|were|earlier|before|compared|versus|prior)$/.test(word))

/** Diameters that are spoken with a unit, mm; of "two by three centimeters" the larger, those of today before those of earlier. "6mm" is one token less. */
export function findSizes(tokens: readonly Token[], start: number, end: number): Size[] {
  const sizes: Size[] = []
  for (let at = start; at < end; at++) {
    const unit = UNITS[tokens[at].word]
    let number = unit === undefined ? null : readNumberBefore(tokens, at)
    if (!number) continue
    let { value } = number
    let first = number.start
    while (isTimes(tokens[first - 1]?.word) || (isTimes(tokens[first - 2]?.word) && UNITS[tokens[first - 1]?.word])) {
      const isBehindUnit = !isTimes(tokens[first - 1]?.word)
      number = readNumberBefore(tokens, first - (isBehindUnit ? 2 : 1))
      if (!number) break
      value = Math.max(value, number.value)
      first = number.start
    }
    const mm = value * unit
    if (mm > 0 && mm <= LARGEST_MM)
      sizes.push({ mm, start: Math.max(first, start), end: at + 1, isBelow: isBelow(tokens, first) })
  }
  const ofToday = sizes.filter((size) => !isFormer(tokens, size))
  return ofToday.length > 0 ? ofToday : sizes
}
