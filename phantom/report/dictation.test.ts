import { describe, expect, it } from 'vitest'
import { FINDING_IDS } from '../findings/ctRateFindings.ts'
import { createRandom } from '../random.ts'
import { writeDictation } from './dictation.ts'
import { expandTemplate } from './expandTemplate.ts'
import { FINDING_LEXICON } from './findingLexicon.ts'
import { writeAbsentSentence, writePresentSentence } from './findingSentences.ts'
import { createRandomDetails } from './randomDetails.ts'
import { toSpokenCentimetres, toSpokenInteger } from './spokenNumbers.ts'

const RANDOM = createRandom(3)
const TEXTS = Array.from({ length: 4000 }, (_, n) => writeDictation(RANDOM.fork(String(n))))
const LEFT_OVER = /[[\]{}|]|undefined| {2}|\b(NP|WHERE)\b/

describe('writeDictation', () => {
  it('leaves no template mark behind and writes no digit', () => {
    for (const { text } of TEXTS) {
      expect(text).not.toMatch(LEFT_OVER)
      expect(text).not.toMatch(/\d/)
    }
  })

  it('names a kind that fits its states', () => {
    for (const { states, kind } of TEXTS) {
      const values = new Set(Object.values(states))
      const expected =
        values.size === 0 ? 'other' : values.size === 2 ? 'mixed' : values.has('present') ? 'finding' : 'negative'
      expect(kind).toBe(expected)
    }
  })

  it('says and denies each finding in at least 2 % of the texts', () => {
    for (const finding of FINDING_IDS) {
      for (const state of ['present', 'absent']) {
        expect(TEXTS.filter(({ states }) => states[finding] === state).length, `${finding} ${state}`).toBeGreaterThan(
          80,
        )
      }
    }
  })
})

describe('finding sentences', () => {
  it('has at least 10 ways to say and 6 ways to deny each finding', () => {
    for (const finding of FINDING_IDS) {
      const random = RANDOM.fork(finding)
      const said = new Set<string>()
      const denied = new Set<string>()
      for (let n = 0; n < 200; n++) {
        said.add(writePresentSentence(createRandomDetails(finding, random), random))
        denied.add(writeAbsentSentence(finding, null, random))
      }
      expect(said.size, finding).toBeGreaterThan(60)
      expect(denied.size, finding).toBeGreaterThan(20)
      expect(FINDING_LEXICON[finding].absent.length).toBeGreaterThanOrEqual(6)
    }
  })

  it('keeps side and lobe of the details', () => {
    const random = RANDOM.fork('place')
    for (let n = 0; n < 300; n++) {
      const text = writePresentSentence(
        { finding: 'lung_nodule', severity: 'severe', side: 'right', lobes: ['RML'], sizeMm: 21 },
        random,
      )
      expect(text).not.toMatch(/left|lower|upper|bilateral/)
      expect(text.match(/(\w+) (milli|centi)/)?.[1] ?? 'one').toMatch(/one/)
    }
  })
})

describe('expandTemplate', () => {
  it('drops empty slots and repairs the article', () => {
    expect(expandTemplate('a [ext] effusion [on].', null, RANDOM)).toBe('An effusion.')
    expect(
      expandTemplate(
        '[side] pleural effusion.',
        { finding: 'pleural_effusion', severity: 'mild', side: 'left' },
        RANDOM,
      ),
    ).toBe('Left pleural effusion.')
  })

  it('says numbers as words', () => {
    expect(toSpokenInteger(127)).toBe('one hundred twenty seven')
    expect(toSpokenInteger(40)).toBe('forty')
    expect(toSpokenCentimetres(12)).toBe('one point two')
    expect(toSpokenCentimetres(30)).toBe('three')
  })
})
