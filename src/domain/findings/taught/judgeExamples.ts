import { aurocInterval } from './aurocInterval.ts'
import { fitReadOut, LEAST_TO_FIT, type MarkedVector, readOutLogit } from './readOut.ts'

/** An example with whose it is. */
export interface OwnedVector extends MarkedVector {
  /** Equal for scans of one patient. */
  readonly patient: string
}

export interface OwnFigure {
  readonly auroc: number
  readonly interval: readonly [number, number]
  /** Patients with and without the finding. */
  readonly present: number
  readonly absent: number
}

/** From so many patients of each class on there is a figure. */
export const LEAST_TO_JUDGE = 8

/** Pairs that are left out one after the other, at most: more takes time and moves the figure little. */
const MOST_PAIRS = 256

const patientsOf = (examples: readonly OwnedVector[], isPresent: boolean): string[] => [
  ...new Set(examples.filter((one) => one.isPresent === isPresent).map(({ patient }) => patient)),
]

/** Patients of each class, each once. */
export const countPatients = (examples: readonly OwnedVector[]): { present: number; absent: number } => ({
  present: patientsOf(examples, true).length,
  absent: patientsOf(examples, false).length,
})

/** Every pair of a patient with and one without; of very many as many as are allowed, each patient in as many as the others. */
function toPairs(present: readonly string[], absent: readonly string[]): [string, string][] {
  const shifts = Math.min(absent.length, Math.max(1, Math.floor(MOST_PAIRS / present.length)))
  const step = absent.length / shifts
  return present
    .flatMap((one, n) =>
      Array.from({ length: shifts }, (_, k): [string, string] => [
        one,
        absent[(n + Math.floor(k * step)) % absent.length],
      ]),
    )
    .filter(([one, other]) => one !== other)
}

/** Mean logit of the examples of one patient and class. */
function meanLogit(readOut: ReturnType<typeof fitReadOut>, examples: readonly OwnedVector[]): number {
  return examples.reduce((sum, { embedding }) => sum + readOutLogit(readOut, embedding), 0) / examples.length
}

/** 1 where the patient with the finding scores higher than the one without, neither of whom was learnt from; ½ for a tie. */
function outcomeOf(examples: readonly OwnedVector[], [one, other]: [string, string]): number | null {
  const kept = examples.filter(({ patient }) => patient !== one && patient !== other)
  const isEnough = (isPresent: boolean) => kept.filter((example) => example.isPresent === isPresent).length > 1
  if (!isEnough(true) || !isEnough(false)) return null
  const readOut = fitReadOut(kept)
  const higher = meanLogit(
    readOut,
    examples.filter((example) => example.patient === one && example.isPresent),
  )
  const lower = meanLogit(
    readOut,
    examples.filter((example) => example.patient === other && !example.isPresent),
  )
  return higher === lower ? 0.5 : Number(higher > lower)
}

/**
 * Leave-pair-out AUROC (Airola et al. 2011) by patient: a patient counts once however many examples there are of one, and
 * all of both patients' examples are left out. Null below 8 + 8 patients.
 */
export function judgeExamples(examples: readonly OwnedVector[]): OwnFigure | null {
  const present = patientsOf(examples, true)
  const absent = patientsOf(examples, false)
  if (present.length < LEAST_TO_JUDGE || absent.length < LEAST_TO_JUDGE) return null
  const outcomes = toPairs(present, absent).flatMap((pair) => outcomeOf(examples, pair) ?? [])
  if (outcomes.length === 0) return null
  const auroc = outcomes.reduce((sum, outcome) => sum + outcome, 0) / outcomes.length
  return {
    auroc,
    interval: aurocInterval(auroc, present.length, absent.length),
    present: present.length,
    absent: absent.length,
  }
}

/** Whether the examples suffice for a read-out. */
export const canFit = (examples: readonly MarkedVector[]): boolean =>
  [true, false].every((isPresent) => examples.filter((one) => one.isPresent === isPresent).length >= LEAST_TO_FIT)
