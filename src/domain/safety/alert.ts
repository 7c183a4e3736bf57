import type { FindingId } from '../findings/finding.ts'
import type { Mention } from '../statements/foldStatements.ts'
import type { Place } from '../statements/statement.ts'
import type { HeatPlace } from './heatPlace.ts'

interface AlertBase {
  /** Stays the same while what it is about stays the same, so that an answered alert does not come back. */
  readonly id: string
  /** How likely it is worth a look, 0…1: what alerts are ranked by. */
  readonly worth: number
}

/** Seen with high probability, and nothing was said of it. */
export interface UnmentionedAlert extends AlertBase {
  readonly kind: 'unmentioned'
  readonly findingId: FindingId
  /** Calibrated, 0…1. */
  readonly probability: number
  /** Null until its heat was asked for. */
  readonly heat: HeatPlace | null
}

/** Said to be there, and the model sees it elsewhere. */
export interface MisplacedAlert extends AlertBase {
  readonly kind: 'misplaced'
  readonly findingId: FindingId
  readonly probability: number
  /** What does not fit. */
  readonly differs: 'side' | 'third'
  /** What the words say of the place, none of which fits. */
  readonly said: readonly Place[]
  readonly mentions: readonly Mention[]
  readonly heat: HeatPlace
}

/**
 * Two mentions that cannot both hold, in the order in which they were said. `presence`: there and not there; `size`: two sizes at
 * one place; `side`: one size on both sides.
 */
export interface ContradictionAlert extends AlertBase {
  readonly kind: 'contradiction'
  readonly about: 'presence' | 'size' | 'side'
  readonly findingId: FindingId
  readonly mentions: readonly [Mention, Mention]
}

/** A word that stands for one sex. */
export interface SexWord {
  readonly utteranceId: string
  /** As it was written. */
  readonly word: string
  readonly sex: 'F' | 'M'
}

/** Words that do not fit the patient's sex, or one another. */
export interface SexAlert extends AlertBase {
  readonly kind: 'contradiction'
  readonly about: 'sex'
  readonly findingId: null
  /** Of the study's header; null where it says none. */
  readonly sex: 'F' | 'M' | null
  readonly words: readonly SexWord[]
}

/** A place that no chest has: "left middle lobe". */
export interface PlaceAlert extends AlertBase {
  readonly kind: 'contradiction'
  readonly about: 'place'
  readonly findingId: null
  readonly utteranceId: string
  /** As they were written. */
  readonly words: string
}

/** What does not hold in the words alone. */
export type WordAlert = ContradictionAlert | SexAlert | PlaceAlert

/** What the safety net offers before a report is closed. */
export type Alert = UnmentionedAlert | MisplacedAlert | WordAlert
