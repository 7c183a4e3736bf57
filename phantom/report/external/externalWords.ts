/**
 * Words of one finding as the external hospital dictates them. Templates know the choices and slots of `FindingLexicon`,
 * and `[at]`, a place without a preposition ("right upper lobe"). `names` are nouns without article for the general frames.
 */
export interface ExternalWords {
  readonly names: readonly string[]
  readonly present: readonly string[]
  readonly presentByKind?: Readonly<Record<string, readonly string[]>>
  readonly absent: readonly string[]
}
