import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { aurocInterval } from './aurocInterval.ts'
import { canFit, countPatients, judgeExamples, type OwnedVector } from './judgeExamples.ts'
import { sigmoid } from './logistic.ts'
import { fitReadOut, type ReadOut, readOutLogit } from './readOut.ts'

const readOutProbability = (readOut: ReadOut, embedding: Float32Array): number =>
  sigmoid(readOutLogit(readOut, embedding))

interface GoldenSet {
  readonly embeddings: number[][]
  readonly present: boolean[]
  readonly patients: string[]
  readonly places: (number[] | null)[] | null
  readonly direction: number[]
  readonly offset: number
  readonly others: number[][]
  readonly probabilities: number[]
  readonly auroc?: number
  readonly counts?: [number, number]
  readonly interval?: [number, number]
}

/** Made by scikit-learn (training/scripts/make_golden_taught.py). */
const GOLDEN: { readonly sets: readonly GoldenSet[]; readonly intervals: readonly number[][] } = JSON.parse(
  readFileSync(new URL('../../../../fixtures/golden/taught.json', import.meta.url), 'utf8'),
)

const toExamples = ({ embeddings, present, patients, places }: GoldenSet): OwnedVector[] =>
  embeddings.map((row, n) => ({
    embedding: Float32Array.from(row),
    isPresent: present[n],
    patient: patients[n],
    place: places?.[n] ? Float32Array.from(places[n]) : null,
  }))

describe.each(GOLDEN.sets.map((set, n) => ({ n, set })))('examples $n', ({ set }) => {
  it('are fitted as scikit-learn fits them', () => {
    const readOut = fitReadOut(toExamples(set))
    expect(readOut.components).toBeLessThanOrEqual(8)
    set.direction.forEach((value, n) => {
      expect(readOut.direction[n]).toBeCloseTo(value, 4)
    })
    expect(readOut.offset).toBeCloseTo(set.offset, 4)
    set.others.forEach((row, n) => {
      expect(readOutProbability(readOut, Float32Array.from(row))).toBeCloseTo(set.probabilities[n], 5)
    })
  })

  it('are judged as scikit-learn judges them, or not at all below eight patients of each class', () => {
    const figure = judgeExamples(toExamples(set))
    if (set.auroc === undefined) return expect(figure).toBeNull()
    expect(figure?.auroc).toBeCloseTo(set.auroc, 10)
    expect([figure?.present, figure?.absent]).toEqual(set.counts)
    expect(figure?.interval[0]).toBeCloseTo(set.interval?.[0] ?? -1, 6)
    expect(figure?.interval[1]).toBeCloseTo(set.interval?.[1] ?? -1, 6)
  })
})

it.each(GOLDEN.intervals)('the interval of an AUROC of %d from %i and %i cases', (auroc, m, n, low, high) => {
  const [from, to] = aurocInterval(auroc, m, n)
  expect(from).toBeCloseTo(low, 6)
  expect(to).toBeCloseTo(high, 6)
})

it('five examples of each class suffice for a read-out, four of one do not', () => {
  const examples = toExamples(GOLDEN.sets[0])
  expect(canFit(examples)).toBe(true)
  expect(canFit(examples.slice(1))).toBe(false)
})

it('counts the patients of eight scans of seven as seven, and gives no figure for them', () => {
  const examples = toExamples(GOLDEN.sets[3])
  const twice = examples.map((one, n) => (n === 1 ? { ...one, patient: examples[0].patient } : one))
  expect(countPatients(twice)).toEqual({ present: 7, absent: 8 })
  expect(judgeExamples(twice)).toBeNull()
})

it('a patient who has both kinds of scans is never compared with himself', () => {
  const examples = toExamples(GOLDEN.sets[3])
  const both = examples.map((one, n) => (n === 15 ? { ...one, patient: examples[0].patient } : one))
  expect(judgeExamples(both)).toMatchObject({ present: 8, absent: 8 })
})

it('equal embeddings tell nothing: every scan is as likely as not', () => {
  const same = Float32Array.of(0.6, 0.8)
  const examples = [true, true, false, false].map((isPresent) => ({ isPresent, embedding: same }))
  expect(readOutProbability(fitReadOut(examples), Float32Array.of(1, 0))).toBeCloseTo(0.5, 10)
})

it('of many patients only some pairs are left out, each patient in as many', () => {
  const { embeddings } = GOLDEN.sets[2]
  const many = Array.from({ length: 36 }, (_, n) => ({
    isPresent: n % 2 === 0,
    patient: `p${n}`,
    embedding: Float32Array.from(embeddings[n % embeddings.length], (value, k) => value + ((n * 7 + k) % 11) / 50),
  }))
  expect(judgeExamples(many)).toMatchObject({ present: 18, absent: 18 })
})
