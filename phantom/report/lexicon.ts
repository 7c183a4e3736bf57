/** How a noun is counted: `one` takes "a" and "is", `mass` takes no article, `many` takes "are". */
export type NounNumber = 'one' | 'mass' | 'many'

export interface Term {
  readonly text: string
  readonly number: NounNumber
}

/**
 * Words of one finding. Templates know `{a|b}` choices and the slots
 * `[deg]` mild/moderate/severe, `[degly]` its adverb, `[ext]` small/moderate/large, `[side]` left/right/bilateral, `[on]` on the left,
 * `[lobe]` in the right upper lobe, `[mm]` measuring ten millimetres, `[mmadj]` ten millimetre. Empty slots vanish.
 */
export interface FindingLexicon {
  readonly terms: readonly Term[]
  /** How generic frames name the place. */
  readonly where: 'lobe' | 'side' | 'none'
  /** Which adjective generic frames put before the noun. */
  readonly grade: 'deg' | 'ext' | 'none'
  readonly present: readonly string[]
  /** Templates that only hold for a variant of the finding. */
  readonly presentByKind?: Readonly<Record<string, readonly string[]>>
  readonly absent: readonly string[]
}

export const one = (text: string): Term => ({ text, number: 'one' })
export const mass = (text: string): Term => ({ text, number: 'mass' })
export const many = (text: string): Term => ({ text, number: 'many' })
