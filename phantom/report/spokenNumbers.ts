const ONES = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
]
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']

/** An integer from 0 to 999 as a dictating person says it. */
export function toSpokenInteger(value: number): string {
  if (value < 20) return ONES[value]
  if (value < 100) {
    const rest = value % 10
    return rest === 0 ? TENS[Math.floor(value / 10)] : `${TENS[Math.floor(value / 10)]} ${ONES[rest]}`
  }
  const rest = value % 100
  const hundreds = `${ONES[Math.floor(value / 100)]} hundred`
  return rest === 0 ? hundreds : `${hundreds} ${toSpokenInteger(rest)}`
}

/** Millimetres as centimetres with one decimal: 12 → "one point two". */
export function toSpokenCentimetres(sizeMm: number): string {
  const tenths = Math.round(sizeMm)
  const whole = toSpokenInteger(Math.floor(tenths / 10))
  return tenths % 10 === 0 ? whole : `${whole} point ${ONES[tenths % 10]}`
}
