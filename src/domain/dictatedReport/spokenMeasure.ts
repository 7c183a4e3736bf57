/** "Nodule in the left upper lobe, as measured": what was measured is meant, and its numbers are not said. */
const MEASURED = /\b(as |just |i )?measured( here| now| just now| it)?\.$/i
const OF_BEFORE = /\b(not|never|be|previously|formerly|last) measured/i

/** Whether a sentence of a report leaves its numbers to what was measured. */
export const endsWithMeasured = (sentence: string): boolean => MEASURED.test(sentence) && !OF_BEFORE.test(sentence)

/** "Nodule in the left upper lobe, measured 12.3 mm (axial 45 / 120)." */
export const withNumbers = (sentence: string, numbers: string, place: string): string =>
  sentence.replace(MEASURED, `measured ${numbers} (${place}).`)
