import { explainNoChest, type LungMeasure } from '../ct/chestRegion/lungMeasure.ts'
import { type DistributionStatistics, mahalanobisDistance } from './outOfDistribution.ts'

/**
 * Why a model's scores do not apply to a scan. `scanner`: the model has seen phantoms alone, and this comes from a file.
 * `no-chest`: with the reason, as the end of a sentence. `distance`: further from the training cases than the pack allows.
 */
export type ForeignReason =
  | { readonly kind: 'scanner' }
  | { readonly kind: 'no-chest'; readonly why: string }
  | { readonly kind: 'distance'; readonly distance: number; readonly limit: number }

/** What the checks of a pack look at. */
export interface LookedScan {
  /** It was made by the app's own generator. */
  readonly isPhantom: boolean
  readonly lungs: LungMeasure
  /** Mean tokens of the pack's regions. */
  readonly tokenMean: Float32Array
  /** Unit vector. */
  readonly embedding: Float32Array
}

/** The checks of a pack. */
export interface GuardRules {
  readonly knowsPhantomsOnly: boolean
  /** The scan must show a chest. */
  readonly needsChest: boolean
  readonly distribution: DistributionStatistics | null
}

/** All reasons, the plainest first; null where the scores apply. */
export function findForeignReasons(rules: GuardRules, scan: LookedScan): readonly ForeignReason[] | null {
  const reasons: ForeignReason[] = []
  if (rules.knowsPhantomsOnly && !scan.isPhantom) reasons.push({ kind: 'scanner' })
  const why = rules.needsChest ? explainNoChest(scan.lungs) : null
  if (why) reasons.push({ kind: 'no-chest', why })
  const { distribution } = rules
  const looked = distribution?.space === 'embedding' ? scan.embedding : scan.tokenMean
  const distance = distribution ? mahalanobisDistance(looked, distribution) : 0
  // Not "greater than": a distance that is no number is none that the model knows.
  if (distribution && !(distance <= distribution.limit))
    reasons.push({ kind: 'distance', distance, limit: distribution.limit })
  return reasons.length > 0 ? reasons : null
}

/** What is said of a scan that the scores do not apply to: one sentence that says so, and the reasons in theirs. */
export interface ForeignText {
  readonly title: string
  readonly reasons: readonly string[]
  /** What is left to a person. */
  readonly remedy: string
}

function toSentence(reason: Exclude<ForeignReason, { kind: 'scanner' }>): string {
  if (reason.kind === 'no-chest') return `This does not look like a chest CT: ${reason.why}.`
  const numbers = `distance ${reason.distance.toFixed(1)}, limit ${reason.limit.toFixed(1)}`
  return `It lies outside what the model was trained on (${numbers}).`
}

/** A model of phantoms needs no further reason: numbers would only sound as if something had been close. */
export function describeForeign(reasons: readonly ForeignReason[]): ForeignText {
  if (reasons.some(({ kind }) => kind === 'scanner'))
    return {
      title: 'This demonstration model has seen only phantoms.',
      reasons: ['It cannot read patients.'],
      remedy: 'Viewer and dictation work; bring a model to have scans read.',
    }
  return {
    title: 'The model’s scores do not apply to this scan.',
    reasons: reasons.flatMap((reason) => (reason.kind === 'scanner' ? [] : [toSentence(reason)])),
    remedy: 'Viewer, dictation and searching by words work; bring a model that knows such scans.',
  }
}
