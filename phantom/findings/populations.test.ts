import { describe, expect, it } from 'vitest'
import type { FindingDetails } from '../findingDetails.ts'
import { createRandom } from '../random.ts'
import { PHANTOM_SPLIT_BASES, type PhantomSplit } from '../splits.ts'
import { chooseFindings } from './chooseFindings.ts'
import { FINDING_IDS, type FindingId } from './ctRateFindings.ts'
import { COMPANY, TRAIN_FLOOR, toPopulation } from './populations.ts'

const COUNT = 4000

function drawCases(split: PhantomSplit): FindingDetails[][] {
  const base = PHANTOM_SPLIT_BASES[split]
  return Array.from({ length: COUNT }, (_, n) =>
    chooseFindings(createRandom(base + n).fork('findings'), toPopulation(base + n)),
  )
}

const has = (findings: readonly FindingDetails[], finding: FindingId) =>
  findings.some((details) => details.finding === finding)

describe.each(['train', 'internal', 'external'] as const)('the %s split', (split) => {
  const cases = drawCases(split)
  const population = toPopulation(PHANTOM_SPLIT_BASES[split])

  it('has each finding as often as its population, within 3 %', () => {
    for (const finding of FINDING_IDS) {
      const share = cases.filter((findings) => has(findings, finding)).length / COUNT
      expect(Math.abs(share - population.prevalence[finding]), finding).toBeLessThan(0.03)
    }
  })

  it('has few more cases without a finding than are normal by choice', () => {
    const share = cases.filter((findings) => findings.length === 0).length / COUNT
    expect(share).toBeGreaterThan(population.normalShare - 0.02)
    expect(share).toBeLessThan(population.normalShare + 0.06)
  })

  it('meets companions together more often than chance', () => {
    const count = (test: (findings: FindingDetails[]) => boolean) => cases.filter(test).length / COUNT
    for (const [given, then] of COMPANY) {
      const both = count((findings) => has(findings, given) && has(findings, then))
      const apart = count((findings) => has(findings, given)) * count((findings) => has(findings, then))
      expect(both, `${given} and ${then}`).toBeGreaterThan(apart)
    }
  })
})

describe('toPopulation', () => {
  it('gives train no finding rarer than the floor and every other internal split the same prevalences', () => {
    expect(Math.min(...Object.values(toPopulation(1_000_000).prevalence))).toBe(TRAIN_FLOOR)
    expect(toPopulation(2_000_000)).toBe(toPopulation(3_000_000))
    expect(toPopulation(4_000_000)).toBe(toPopulation(3_000_000))
    expect(toPopulation(5_000_000).id).toBe('external')
  })

  it('makes the external population milder and its prevalences clearly others', () => {
    const mild = (split: PhantomSplit) => {
      const all = drawCases(split).flat()
      return all.filter((details) => details.severity === 'mild').length / all.length
    }
    expect(mild('external')).toBeGreaterThan(mild('internal') + 0.1)
    const [here, there] = [toPopulation(3_000_000).prevalence, toPopulation(5_000_000).prevalence]
    const mean = FINDING_IDS.reduce((sum, finding) => sum + Math.abs(here[finding] - there[finding]), 0) / 18
    expect(mean).toBeGreaterThan(0.07)
  })
})
