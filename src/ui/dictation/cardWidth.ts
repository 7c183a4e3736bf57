/** Width of a card, rem: from one with a few words to one with a paragraph. */
const MIN_REM = 16.5
const MAX_REM = 34
/** A breath that states a dozen findings shows them all; no card is wider than the strip. */
const MAX_CHIPS_REM = 56
/** Padding and border of a card. */
const EDGE_REM = 1.125
/** Of the letters of a text and of a chip, on average; sign, padding and gap of a chip. */
const LETTER_REM = 0.365
const CHIP_LETTER_REM = 0.335
const CHIP_EDGE_REM = 1.75
/** The button behind the chips that adds one. */
const ADD_REM = 1.75
/** Lines of text and of chips that a card shows at the panel's usual height. */
const TEXT_LINES = 3
const CHIP_LINES = 2

/** Lines that pieces of these widths take one behind the other, none of them parted. */
function countLines(pieces: readonly number[], width: number): number {
  let [lines, left] = [1, width]
  for (const piece of pieces) {
    if (piece > left) {
      lines += 1
      left = width
    }
    left -= piece
  }
  return lines
}

/** Wide enough that text and chips can be read without scrolling; only a text of more than a paragraph has to. */
export function toCardWidthRem(text: string, chips: readonly string[]): number {
  const textRem = (text.length * LETTER_REM) / TEXT_LINES
  const ofText = Math.max(MIN_REM, Math.min(MAX_REM, Math.ceil(textRem + EDGE_REM)))
  const pieces = [...chips.map((chip) => chip.length * CHIP_LETTER_REM + CHIP_EDGE_REM), ADD_REM]
  let width = Math.max(ofText, Math.ceil(Math.max(...pieces) + EDGE_REM))
  while (width < MAX_CHIPS_REM && countLines(pieces, width - EDGE_REM) > CHIP_LINES) width += 1
  return Math.min(MAX_CHIPS_REM, width)
}
