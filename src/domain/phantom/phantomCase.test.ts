import { describe, expect, it } from 'vitest'
import { FINDING_IDS } from '../findings/ctRateFindings.ts'
import { describePhantomCase } from './describePhantomCase.ts'
import { createPhantomCase } from './phantomCase.ts'
import { isPhantomSplit, PHANTOM_SPLIT_BASES, toPhantomSeed } from './splits.ts'

const CASES = Array.from({ length: 2000 }, (_, index) => createPhantomCase(toPhantomSeed('train', index)))

describe('createPhantomCase', () => {
  it('gives the same case for the same seed and another for the next', () => {
    expect(JSON.stringify(createPhantomCase(1_000_001))).toBe(JSON.stringify(CASES[1]))
    expect(JSON.stringify(CASES[1].anatomy)).not.toBe(JSON.stringify(CASES[2].anatomy))
  })

  it('survives a round trip through JSON', () => {
    expect(JSON.parse(JSON.stringify(CASES[3]))).toEqual(CASES[3])
  })

  it('has every finding in 12–30 % of the cases and 11–19 % of cases without any', () => {
    for (const finding of FINDING_IDS) {
      const share =
        CASES.filter((phantom) => phantom.findings.some((details) => details.finding === finding)).length / CASES.length
      expect(share, finding).toBeGreaterThan(0.12)
      expect(share, finding).toBeLessThan(0.3)
    }
    const normal = CASES.filter((phantom) => phantom.findings.length === 0).length / CASES.length
    expect(normal).toBeGreaterThan(0.11)
    expect(normal).toBeLessThan(0.19)
  })

  it('says each present finding, denies only absent ones and contradicts itself nowhere', () => {
    for (const phantom of CASES) {
      const present = new Set(phantom.findings.map((details) => details.finding))
      const said = new Set<string>()
      for (const sentence of phantom.sentences) {
        for (const [finding, state] of Object.entries(sentence.states)) {
          expect(present.has(finding as (typeof FINDING_IDS)[number]), sentence.text).toBe(state === 'present')
          if (state === 'present') said.add(finding)
        }
      }
      expect([...said].sort()).toEqual([...present].sort())
    }
  })

  it('names the opposite side in no sentence of a one-sided finding', () => {
    for (const phantom of CASES) {
      for (const details of phantom.findings) {
        if (details.finding !== 'pleural_effusion' || details.side === 'both') continue
        const sentence = phantom.sentences.find((each) => each.states.pleural_effusion === 'present')
        const opposite = details.side === 'left' ? /\bright\b|bilateral|both/i : /\bleft\b|bilateral|both/i
        expect(sentence?.text).not.toMatch(opposite)
      }
    }
  })

  it('enlarges the heart if and only if it says so', () => {
    for (const phantom of CASES) {
      const large = phantom.findings.some((details) => details.finding === 'cardiomegaly')
      expect(phantom.anatomy.heartScale > 1.1).toBe(large)
    }
  })
})

describe('describePhantomCase', () => {
  it('lists each finding with its place and size', () => {
    const phantom = {
      ...CASES[0],
      findings: [{ finding: 'lung_nodule', severity: 'moderate', lobes: ['RML'], side: 'right', sizeMm: 17 }],
    } as const
    expect(describePhantomCase(phantom).findings[0].text).toBe('Lung nodule, 17 mm, right middle lobe, moderate')
    expect(describePhantomCase({ ...phantom, findings: [] }).title).toContain('no finding')
  })
})

describe('splits', () => {
  it('never share a seed', () => {
    const bases = Object.values(PHANTOM_SPLIT_BASES).sort((a, b) => a - b)
    for (let n = 1; n < bases.length; n++) expect(bases[n] - bases[n - 1]).toBeGreaterThanOrEqual(1_000_000)
    expect(toPhantomSeed('test', 7)).toBe(3_000_007)
    expect(() => toPhantomSeed('train', 1_000_000)).toThrow(RangeError)
    expect(isPhantomSplit('toString')).toBe(false)
  })
})
