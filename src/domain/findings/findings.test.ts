import { describe, expect, it } from 'vitest'
import { foldStatements } from '../statements/foldStatements.ts'
import { toStatement } from '../statements/statement.fixture.ts'
import { arrangeRows } from './arrangement.ts'
import { labelOf } from './finding.ts'
import { FINDING_IDS, FINDINGS } from './findings.fixture.ts'
import { mahalanobisDistance, toDistributionStatistics, toRegionMeans } from './outOfDistribution.ts'
import { toPanelRows } from './panel.ts'
import { findingDirection, findingMargin, type PromptBank } from './prompts.ts'
import { type FindingCalibration, toProbability, toSeenFindings } from './seen.ts'

/** As many findings as dimensions: text prompts are ± the axis of the finding, spoken prompts the other way round. */
function axisPrompts(): PromptBank {
  const dimension = FINDING_IDS.length
  const vectors = new Float32Array(dimension * 4 * dimension)
  for (let finding = 0; finding < dimension; finding++) {
    const [positive, spokenPositive, negative, spokenNegative] = [0, 1, 2, 3].map(
      (row) => (finding * 4 + row) * dimension + finding,
    )
    vectors[positive] = 1
    vectors[negative] = -1
    vectors[spokenPositive] = -1
    vectors[spokenNegative] = 1
  }
  return { vectors, dimension }
}

const CALIBRATIONS: FindingCalibration[] = FINDING_IDS.map((id) => ({
  id,
  calibration: { slope: 1, offset: -1 },
  thresholds: { ct: { present: 0.4, absent: 0 }, speech: { present: 0.5, absent: -0.5 } },
}))

function embeddingOf(values: Readonly<Record<string, number>>): Float32Array {
  return Float32Array.from(FINDING_IDS, (id) => values[id] ?? 0)
}

describe('prompts', () => {
  it('gives a margin of cos⁺ − cos⁻ from the prompts of the asked kind', () => {
    const embedding = embeddingOf({ pleural_effusion: 0.6 })
    const finding = FINDING_IDS.indexOf('pleural_effusion')
    expect(findingMargin(axisPrompts(), finding, embedding, 'text')).toBeCloseTo(1.2, 6)
    expect(findingMargin(axisPrompts(), finding, embedding, 'speech')).toBeCloseTo(-1.2, 6)
  })

  it('points a direction of length 1 along p⁺ − p⁻', () => {
    const direction = findingDirection(axisPrompts(), 3, 'text')
    expect([...direction]).toEqual([...embeddingOf({ [FINDING_IDS[3]]: 1 })])
  })
})

describe('seen findings', () => {
  it('calibrates the margin times the logit scale', () => {
    expect(toProbability(0.5, 4, { slope: 1.5, offset: -3 })).toBeCloseTo(0.5, 9)
    expect(toProbability(1, 4, { slope: 1, offset: -1 })).toBeCloseTo(1 / (1 + Math.exp(-3)), 9)
  })

  it('calls present, unsure and absent by the thresholds of the pack', () => {
    const embedding = embeddingOf({ emphysema: 0.2, cardiomegaly: 0.1, lung_nodule: -0.3 })
    const seen = toSeenFindings(embedding, axisPrompts(), CALIBRATIONS, { logitScale: 10, kind: 'text' })
    const stateOf = (id: string) => seen.find((finding) => finding.id === id)?.seen
    expect([stateOf('emphysema'), stateOf('cardiomegaly'), stateOf('lung_nodule')]).toEqual([
      'present',
      'unsure',
      'absent',
    ])
  })
})

describe('the panel', () => {
  const seenAll = (present: string[]) =>
    FINDING_IDS.map((id, n) => ({
      id,
      margin: 0,
      threshold: 0.5,
      probability: present.includes(id) ? 0.9 - n / 100 : 0.1 - n / 1000,
      seen: present.includes(id) ? ('present' as const) : ('absent' as const),
    }))

  it('ranks by probability while nothing is said, without judging agreement', () => {
    const rows = arrangeRows(toPanelRows(FINDINGS, seenAll(['bronchiectasis', 'emphysema']), new Map(), false))
    expect(rows).toHaveLength(18)
    expect(rows.slice(0, 2).map((row) => row.id)).toEqual(['emphysema', 'bronchiectasis'])
    expect(rows.every((row) => row.agreement === null)).toBe(true)
  })

  it('names each difference between seen and said', () => {
    const said = foldStatements([
      {
        id: 'u',
        statements: [
          toStatement({ findingId: 'pleural_effusion' }),
          toStatement({ findingId: 'emphysema' }),
          toStatement({ findingId: 'cardiomegaly', status: 'absent' }),
          toStatement({ findingId: 'hiatal_hernia', status: 'uncertain' }),
          toStatement({ findingId: 'bronchiectasis', status: 'resolved' }),
        ],
      },
    ])
    const rows = toPanelRows(
      FINDINGS,
      seenAll(['emphysema', 'lung_nodule', 'cardiomegaly', 'bronchiectasis']),
      said,
      true,
    )
    const agreement = Object.fromEntries(rows.map((row) => [row.id, row.agreement]))
    expect(agreement.bronchiectasis).toBe('seen-not-said')
    expect(agreement.pleural_effusion).toBe('said-not-seen')
    expect(agreement.emphysema).toBe('agree')
    expect(agreement.lung_nodule).toBe('seen-not-said')
    expect(agreement.cardiomegaly).toBe('seen-not-said')
    expect(agreement.hiatal_hernia).toBeNull()
  })

  it('keeps what was said with another pack as a row of its own, named by its id, and judges nothing of it', () => {
    const said = foldStatements([{ id: 'u', statements: [toStatement({ findingId: 'rib_fracture' })] }])
    const rows = toPanelRows(FINDINGS, seenAll(['emphysema']), said, true)
    expect(rows).toHaveLength(FINDINGS.length + 1)
    expect(rows.at(-1)).toMatchObject({ id: 'rib_fracture', label: 'Rib fracture', said: 'present', agreement: null })
  })

  it.each([1, 3, 40])('has a row for each of %i findings, ties in the order of the manifest', (count) => {
    const findings = Array.from({ length: count }, (_, n) => ({ id: `f${count - n}`, label: `Finding ${n}` }))
    const tied = findings.map(({ id }) => ({
      id,
      margin: 0,
      threshold: 0.5,
      probability: 0.5,
      seen: 'unsure' as const,
    }))
    const rows = arrangeRows(toPanelRows(findings, tied, new Map(), false))
    expect(rows.map(({ id }) => id)).toEqual(findings.map(({ id }) => id))
  })

  it('keeps the order of the manifest when nothing has been seen yet', () => {
    const rows = arrangeRows(toPanelRows(FINDINGS, null, new Map(), false))
    expect(rows.map((row) => row.id)).toEqual([...FINDING_IDS])
    expect(rows[0].probability).toBeNull()
  })
})

describe('names of findings', () => {
  it('takes the label of the pack, else the id in words', () => {
    expect(labelOf(FINDINGS, 'lung_nodule')).toBe('Lung nodule')
    expect(labelOf([{ id: 'lung_nodule', label: 'Nodulus' }], 'lung_nodule')).toBe('Nodulus')
    expect(labelOf([], 'rib_fracture-old')).toBe('Rib fracture old')
  })
})

describe('out of distribution', () => {
  it('measures the Mahalanobis distance with the full inverse covariance', () => {
    const file = Float32Array.from([1, 2, /* Σ⁻¹ */ 2, 1, 1, 3])
    const statistics = toDistributionStatistics(file, 2, { limit: 5 })
    expect(mahalanobisDistance(Float32Array.from([2, 4]), statistics)).toBeCloseTo(Math.sqrt(2 + 2 + 2 + 12), 6)
    expect(mahalanobisDistance(Float32Array.from([1, 2]), statistics)).toBe(0)
  })

  it('refuses a file that does not fit the dimension', () => {
    expect(() => toDistributionStatistics(new Float32Array(5), 2, { limit: 1 })).toThrow(
      'statistics of 5 numbers for 2 × 2',
    )
  })

  it('measures the length of the whitened region means where the pack names regions', () => {
    const file = Float32Array.from([1, 2, 3, 4, /* P */ 1, 0, 0, 0, 0, 0, 2, 1])
    const statistics = toDistributionStatistics(file, 2, { limit: 5, regions: [1, 1, 2], components: 2 })
    expect(mahalanobisDistance(Float32Array.from([4, 2, 4, 6]), statistics)).toBeCloseTo(5, 6)
  })

  it('averages the tokens of each region, the last axis fastest, so that a flipped scan gives other numbers', () => {
    const tokens = Float32Array.from({ length: 2 * 1 * 4 * 2 }, (_, n) => n)
    expect([...toRegionMeans(tokens, [2, 1, 4], 2, [2, 1, 2])]).toEqual([1, 2, 5, 6, 9, 10, 13, 14])
    expect([...toRegionMeans(tokens, [2, 1, 4], 2, [1, 1, 2])]).toEqual([5, 6, 9, 10])
    expect([...toRegionMeans(tokens, [2, 1, 4], 2)]).toEqual([7, 8])
  })
})
