import { describe, expect, it } from 'vitest'
import { describePhantomCase } from './describePhantomCase.ts'
import { createPhantomCase } from './phantomCase.ts'
import { isPhantomSplit, PHANTOM_SPLIT_BASES, toPhantomSeed, toPhantomSplit } from './splits.ts'

const CASES = Array.from({ length: 2000 }, (_, index) => createPhantomCase(toPhantomSeed('train', index)))
const STRANGERS = Array.from({ length: 800 }, (_, index) => createPhantomCase(toPhantomSeed('external', index)))

describe('createPhantomCase', () => {
  it('gives the same case for the same seed and another for the next', () => {
    expect(JSON.stringify(createPhantomCase(1_000_001))).toBe(JSON.stringify(CASES[1]))
    expect(JSON.stringify(CASES[1].anatomy)).not.toBe(JSON.stringify(CASES[2].anatomy))
  })

  it('survives a round trip through JSON', () => {
    expect(JSON.parse(JSON.stringify(CASES[3]))).toEqual(CASES[3])
  })

  it('says each present finding, denies only absent ones and contradicts itself nowhere', { timeout: 30000 }, () => {
    const wrong: string[] = []
    for (const phantom of [...CASES, ...STRANGERS]) {
      const present = new Set<string>(phantom.findings.map((details) => details.finding))
      const said = new Set<string>()
      for (const sentence of phantom.sentences) {
        for (const [finding, state] of Object.entries(sentence.states)) {
          if (present.has(finding) !== (state === 'present')) wrong.push(sentence.text)
          if (state === 'present') said.add(finding)
        }
      }
      if ([...said].sort().join() !== [...present].sort().join()) wrong.push(`seed ${phantom.seed} leaves one out`)
    }
    expect(wrong).toEqual([])
  })

  it('names the opposite side in no sentence of a one-sided finding', () => {
    for (const phantom of [...CASES, ...STRANGERS]) {
      for (const details of phantom.findings) {
        if (details.finding !== 'pleural_effusion' || details.side === 'both') continue
        const sentence = phantom.sentences.find((each) => each.states.pleural_effusion === 'present')
        const opposite = details.side === 'left' ? /\bright\b|bilateral|both/i : /\bleft\b|bilateral|both/i
        expect(sentence?.text).not.toMatch(opposite)
      }
    }
  })

  it('enlarges the heart if and only if it says so', () => {
    for (const phantom of [...CASES, ...STRANGERS]) {
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
    expect(toPhantomSeed('internal', 7)).toBe(3_000_007)
    expect(() => toPhantomSeed('train', 1_000_000)).toThrow(RangeError)
    expect(isPhantomSplit('toString')).toBe(false)
  })

  it('are known from the seed alone', () => {
    expect(toPhantomSplit(5_000_399)).toBe('external')
    expect(toPhantomSplit(1_999_999)).toBe('train')
    expect(toPhantomSplit(11)).toBeNull()
    expect(toPhantomSplit(6_000_000)).toBeNull()
  })
})
