import { toPhantomSplit } from '../splits.ts'
import { FINDING_IDS, type FindingId } from './ctRateFindings.ts'

export type FindingShares = Readonly<Record<FindingId, number>>

/** Who comes to the scanner: how often each finding is met, how severe it is, how old the patients are. */
export interface Population {
  readonly id: 'internal' | 'external'
  /** Share of all cases that have the finding, normal cases counted. */
  readonly prevalence: FindingShares
  /** Share of cases that are normal by choice; a few more have no finding by chance. */
  readonly normalShare: number
  /** Shares of mild and of moderate findings; the rest is severe. */
  readonly severityShares: readonly [mild: number, moderate: number]
  /** Share of patients without calcified vessels who are old all the same (all with them are). */
  readonly elderlyShare: number
}

/**
 * Prevalences of the internal population, in the order of magnitude of the labels published with CT-RATE. They are rounded
 * approximations written down without the table at hand, not a citation.
 */
const INTERNAL_PREVALENCE: FindingShares = {
  medical_material: 0.11,
  arterial_wall_calcification: 0.27,
  cardiomegaly: 0.11,
  pericardial_effusion: 0.07,
  coronary_artery_wall_calcification: 0.24,
  hiatal_hernia: 0.14,
  lymphadenopathy: 0.26,
  emphysema: 0.19,
  atelectasis: 0.26,
  lung_nodule: 0.44,
  lung_opacity: 0.37,
  pulmonary_fibrotic_sequela: 0.27,
  pleural_effusion: 0.12,
  mosaic_attenuation_pattern: 0.08,
  peribronchial_thickening: 0.1,
  consolidation: 0.18,
  bronchiectasis: 0.1,
  interlobular_septal_thickening: 0.08,
}

/** A hospital with sicker lungs, more devices and fewer calcified vessels. The numbers are made up to differ, they follow no data set. */
const EXTERNAL_PREVALENCE: FindingShares = {
  medical_material: 0.28,
  arterial_wall_calcification: 0.15,
  cardiomegaly: 0.18,
  pericardial_effusion: 0.14,
  coronary_artery_wall_calcification: 0.13,
  hiatal_hernia: 0.08,
  lymphadenopathy: 0.15,
  emphysema: 0.3,
  atelectasis: 0.34,
  lung_nodule: 0.58,
  lung_opacity: 0.5,
  pulmonary_fibrotic_sequela: 0.16,
  pleural_effusion: 0.25,
  mosaic_attenuation_pattern: 0.12,
  peribronchial_thickening: 0.17,
  consolidation: 0.24,
  bronchiectasis: 0.2,
  interlobular_septal_thickening: 0.15,
}

/** Rare findings are met at least this often in the train split, so that an encoder sees enough of them. */
export const TRAIN_FLOOR = 0.15

const INTERNAL: Population = {
  id: 'internal',
  prevalence: INTERNAL_PREVALENCE,
  normalShare: 0.12,
  severityShares: [0.18, 0.42],
  elderlyShare: 0.3,
}
const TRAIN: Population = { ...INTERNAL, prevalence: toEnriched(INTERNAL_PREVALENCE, TRAIN_FLOOR) }
const EXTERNAL: Population = {
  id: 'external',
  prevalence: EXTERNAL_PREVALENCE,
  normalShare: 0.08,
  severityShares: [0.34, 0.42],
  elderlyShare: 0.75,
}

/** The population of a seed: seeds of the external split come from the external one, all others from the internal one. */
export function toPopulation(seed: number): Population {
  const split = toPhantomSplit(seed)
  return split === 'external' ? EXTERNAL : split === 'train' ? TRAIN : INTERNAL
}

function toEnriched(prevalence: FindingShares, floor: number): FindingShares {
  return toShares((finding) => Math.max(prevalence[finding], floor))
}

/**
 * `then` is more likely in cases with `given`. Pairs are asked in this order; no finding is the `then` of two pairs, and none
 * is a `given` before it was a `then`, which `toBaseChances` relies on.
 */
export const COMPANY: readonly (readonly [given: FindingId, then: FindingId, chance: number])[] = [
  ['arterial_wall_calcification', 'coronary_artery_wall_calcification', 0.3],
  ['coronary_artery_wall_calcification', 'cardiomegaly', 0.12],
  ['cardiomegaly', 'pleural_effusion', 0.15],
  ['cardiomegaly', 'interlobular_septal_thickening', 0.18],
  ['cardiomegaly', 'pericardial_effusion', 0.1],
  ['pleural_effusion', 'atelectasis', 0.3],
  ['emphysema', 'lung_nodule', 0.12],
  ['consolidation', 'lung_opacity', 0.12],
  ['bronchiectasis', 'peribronchial_thickening', 0.15],
]

/**
 * Chance of each finding in a case that is not normal, before its company is counted, that leads to the population's
 * prevalences: with q = prevalence / (1 − normal share), 1 − q(then) = (1 − base) · (1 − chance · q(given)).
 */
export function toBaseChances(population: Population): FindingShares {
  const among = (finding: FindingId) => population.prevalence[finding] / (1 - population.normalShare)
  return toShares((finding) => {
    const company = COMPANY.find(([, then]) => then === finding)
    const brought = company ? company[2] * among(company[0]) : 0
    return Math.max(1 - (1 - among(finding)) / (1 - brought), 0)
  })
}

function toShares(share: (finding: FindingId) => number): FindingShares {
  return Object.fromEntries(FINDING_IDS.map((finding) => [finding, share(finding)])) as Record<FindingId, number>
}
