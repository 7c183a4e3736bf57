import type { PlaceAlert } from '../alert.ts'

/*
 * The left lung has no middle lobe and the right one no lingula (Terminologia Anatomica: lobus medius pulmonis dextri, lingula pulmonis
 * sinistri). Readers of words take the lobe for right and the side for a slip; a reader is asked.
 */
const NO_SUCH =
  /\b(left(?:-sided)? (?:(?:upper|lower),? (?:and|or) )?middle (?:lobe|and lower lobes?)|middle lobe (?:of|in|on) the left(?: lung)?|(?:both|bilateral) middle lobes?|right(?:-sided)? lingula(?:r)?|lingula (?:of|in|on) the right(?: lung)?|(?:both|bilateral) lingulas?)\b/gi

const WORTH = 0.9

interface Text {
  readonly id: string
  readonly text: string
}

/** Places that no chest has, each once, with the last utterance that names it. */
export function findNoSuchPlaces(texts: readonly Text[]): PlaceAlert[] {
  const found = new Map<string, PlaceAlert>()
  for (const { id: utteranceId, text } of texts)
    for (const [words] of text.replace(/\s+/g, ' ').matchAll(NO_SUCH)) {
      const id = `place ${words.toLowerCase()}`
      found.set(id, { kind: 'contradiction', about: 'place', id, findingId: null, utteranceId, words, worth: WORTH })
    }
  return [...found.values()]
}
