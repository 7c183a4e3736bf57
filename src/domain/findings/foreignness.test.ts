import { expect, it } from 'vitest'
import { describeForeign, findForeignReasons, type GuardRules, type LookedScan } from './foreignness.ts'

const CHEST = { litres: 4, shareOfBody: 0.25, medianHu: -850, smallerSide: 0.45, middle: 0.02 }
const HEAD = { litres: 0.12, shareOfBody: 0.03, medianHu: -990, smallerSide: 0.5, middle: 0.4 }
const distribution = {
  mean: Float32Array.of(0, 0),
  matrix: Float32Array.of(1, 0, 0, 1),
  form: 'inverse-covariance',
  space: 'tokens',
  limit: 3,
} as const
const RULES: GuardRules = { knowsPhantomsOnly: false, needsChest: true, distribution }
const SCAN: LookedScan = {
  isPhantom: false,
  lungs: CHEST,
  tokenMean: Float32Array.of(1, 1),
  embedding: Float32Array.of(0.6, 0.8),
}

const kinds = (rules: Partial<GuardRules>, scan: Partial<LookedScan>) =>
  findForeignReasons({ ...RULES, ...rules }, { ...SCAN, ...scan })?.map(({ kind }) => kind) ?? null

it('applies the scores to a chest near the training cases', () => {
  expect(kinds({}, {})).toBeNull()
})

it('finds a scan foreign by each check alone', () => {
  expect(kinds({ distribution: null }, { lungs: HEAD })).toEqual(['no-chest'])
  expect(kinds({}, { tokenMean: Float32Array.of(3, 4) })).toEqual(['distance'])
  expect(kinds({ knowsPhantomsOnly: true }, {})).toEqual(['scanner'])
})

it('takes a phantom of the app for no file of a scanner, and asks of a pack for any region no chest', () => {
  expect(kinds({ knowsPhantomsOnly: true }, { isPhantom: true })).toBeNull()
  expect(kinds({ needsChest: false }, { lungs: HEAD })).toBeNull()
})

it('compares embeddings where the pack says so', () => {
  const ofEmbeddings = { ...distribution, space: 'embedding', limit: 0.9 } as const
  expect(kinds({ distribution: ofEmbeddings }, {})).toEqual(['distance'])
  expect(kinds({ distribution: { ...ofEmbeddings, limit: 1.1 } }, { tokenMean: Float32Array.of(9, 9) })).toBeNull()
})

it('finds a scan foreign whose distance is no number', () => {
  expect(kinds({}, { tokenMean: Float32Array.of(Number.NaN, 0) })).toEqual(['distance'])
})

it('says in plain words what a demonstration model is, and in their own terms what others do not know', () => {
  const demonstration = describeForeign([{ kind: 'scanner' }, { kind: 'distance', distance: 51.26, limit: 27.4 }])
  expect(demonstration.title).toBe('This demonstration model has seen only phantoms.')
  expect(demonstration.reasons.join(' ')).toMatch(/^It cannot read patients\.$/)
  expect(demonstration.remedy).toMatch(/^Viewer and dictation work; bring a model/)
  expect(describeForeign([{ kind: 'distance', distance: 51.26, limit: 27.4 }]).reasons).toEqual([
    'It lies outside what the model was trained on (distance 51.3, limit 27.4).',
  ])
  const brought = describeForeign(findForeignReasons(RULES, { ...SCAN, lungs: HEAD }) ?? [])
  expect(brought.title).toContain('do not apply')
  expect(brought.reasons[0]).toMatch(/does not look like a chest CT: .*0\.12 l of air/)
})
