import { describe, expect, it } from 'vitest'
import { FINDING_IDS } from '../../findings/ctRateFindings.ts'
import { createPhantomCase } from '../../phantomCase.ts'
import { createRandom } from '../../random.ts'
import { createRandomDetails } from '../randomDetails.ts'
import { EXTERNAL_WORDS, writeExternalAbsent, writeExternalPresent } from './externalSentences.ts'

const LEFT_OVER = /[[\]{}|]|undefined| {2}|\bN\b|[,:] ?[,.:]|\d/
const INNER = Array.from({ length: 1000 }, (_, n) => createPhantomCase(1_000_000 + n).sentences)
const OUTER = Array.from({ length: 400 }, (_, n) => createPhantomCase(5_000_000 + n))

describe('writeExternalReport', () => {
  it('leaves no template mark behind and writes no digit', { timeout: 30000 }, () => {
    for (const { sentences } of OUTER) {
      for (const { text } of sentences) {
        expect(text).not.toMatch(LEFT_OVER)
        expect(text).toMatch(/^[A-Z].*\.$/)
      }
    }
  })

  it('says each finding once, contradicts none and begins with the impression', () => {
    for (const { findings, sentences } of OUTER) {
      const said = sentences.flatMap(({ states }) => Object.entries(states))
      const present = said.filter(([, state]) => state === 'present').map(([finding]) => finding)
      expect(present.sort()).toEqual(findings.map((details) => details.finding).sort())
      expect(new Set(said.map(([finding]) => finding)).size).toBe(said.length)
      if (findings.length > 0) expect(Object.values(sentences[1].states)).toEqual(['present'])
    }
  })

  it('shares hardly a sentence with the reports of the internal population', () => {
    const known = new Set(INNER.flat().map(({ text }) => text))
    const texts = OUTER.flatMap(({ sentences }) => sentences).filter(({ states }) => Object.keys(states).length > 0)
    const shared = texts.filter(({ text }) => known.has(text)).length / texts.length
    expect(shared).toBeLessThan(0.01)
  })

  it('hedges some findings, and hedged ones count as present', () => {
    const hedged = OUTER.flatMap(({ sentences }) => sentences).filter(({ text }) =>
      /^(Cannot rule out|Query|Questionable|Possible|Borderline)|not excluded|favored/.test(text),
    )
    expect(hedged.length).toBeGreaterThan(100)
    for (const { states } of hedged) expect(Object.values(states)).toEqual(['present'])
  })
})

describe('external sentences', () => {
  it('has at least 20 ways to say and 10 to deny each finding', () => {
    const random = createRandom(5)
    for (const finding of FINDING_IDS) {
      const said = new Set<string>()
      const denied = new Set<string>()
      for (let n = 0; n < 300; n++) {
        const kind = random.pick([undefined, ...Object.keys(EXTERNAL_WORDS[finding].presentByKind ?? {})])
        said.add(writeExternalPresent({ ...createRandomDetails(finding, random), kind }, random))
        denied.add(writeExternalAbsent(finding, random))
      }
      expect(said.size, finding).toBeGreaterThan(20)
      expect(denied.size, finding).toBeGreaterThan(10)
    }
  })
})
