import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { FINDING_IDS } from '../../findings/ctRateFindings.ts'
import { createRandom } from '../../random.ts'
import { writeDictation } from '../dictation.ts'
import { createRandomDetails } from '../randomDetails.ts'
import { writeAsserted } from './assertionForms.ts'
import { writeCorrection } from './corrections.ts'
import { hesitate } from './hesitations.ts'
import { writeOtherOrgan } from './otherOrgans.ts'
import { writeViewerCommand } from './viewerCommands.ts'
import { type WideDictation, writeWideDictation } from './wideDictation.ts'

const RANDOM = createRandom(5)
const TEXTS = Array.from({ length: 6000 }, (_, n) => writeWideDictation(RANDOM.fork(String(n))))
const LEFT_OVER = /[[\]{}|]|undefined| {2}|\b(NP|WHERE|IS|HAS|FINDING|PLACE)\b/
const ofKind = (kind: WideDictation['kind']) => TEXTS.filter((text) => text.kind === kind)

describe('writeWideDictation', () => {
  it('leaves no template mark behind and writes no digit', () => {
    for (const { text } of TEXTS) {
      const written = text === text.toUpperCase() ? text.toLowerCase() : text
      expect(written).not.toMatch(LEFT_OVER)
      expect(written).not.toMatch(/\d/)
    }
  })

  it('gives each finding each status in at least 40 texts', () => {
    for (const finding of FINDING_IDS) {
      for (const status of ['present', 'absent', 'uncertain', 'resolved'] as const) {
        const count = TEXTS.filter(({ statuses }) => statuses[finding] === status).length
        expect(count, `${finding} ${status}`).toBeGreaterThanOrEqual(40)
      }
    }
  })

  it('tells what is firmly said of today apart from what is doubted or past', () => {
    for (const { statuses, states } of TEXTS) {
      for (const finding of FINDING_IDS) {
        const status = statuses[finding]
        expect(states[finding]).toBe(status === 'present' || status === 'absent' ? status : undefined)
      }
    }
  })

  it('states each finding in one clause of a text, and the text is its clauses', () => {
    for (const { text, clauses, statuses } of TEXTS) {
      expect(clauses.map((clause) => clause.text).join(' ')).toBe(text)
      const stated = clauses.flatMap((clause) => Object.keys(clause.statuses))
      expect(new Set(stated).size).toBe(stated.length)
      expect(Object.keys(statuses).sort()).toEqual([...stated].sort())
    }
  })

  it('writes reports of 20 to 40 s at 150 words a minute, of at least four findings in most', () => {
    const reports = ofKind('report')
    expect(reports.length).toBeGreaterThan(600)
    for (const { text } of reports) expect(text.split(' ').length).toBeGreaterThanOrEqual(50)
    const rich = reports.filter(({ statuses }) => Object.keys(statuses).length >= 4)
    expect(rich.length / reports.length).toBeGreaterThan(0.95)
  })

  it('states nothing in other organs and commands, and something in bare words', () => {
    for (const kind of ['organ', 'command', 'other'] as const) {
      for (const { statuses } of ofKind(kind)) expect(statuses).toEqual({})
    }
    for (const { statuses, text } of ofKind('bare')) {
      expect(Object.keys(statuses).length).toBe(1)
      expect(text.split(' ').length).toBeLessThan(12)
    }
  })
})

describe('the plain sentences', () => {
  it('of a seed stay what they were, to the letter', () => {
    const random = createRandom(1)
    const lines = Array.from({ length: 500 }, (_, n) => JSON.stringify(writeDictation(random.fork(`dictation ${n}`))))
    expect(createHash('sha256').update(lines.join('\n')).digest('hex')).toBe(
      'cd49ecf836dbbdfb716c664df75cbd03ffedacdd86863985426579758731cfc9',
    )
  })
})

describe('assertions', () => {
  const many = (status: 'present' | 'absent' | 'uncertain' | 'resolved') =>
    Array.from({ length: 3000 }, (_, n) => {
      const random = RANDOM.fork(`${status} ${n}`)
      return writeAsserted(createRandomDetails(random.pick(FINDING_IDS), random), status, random).text
    })

  it('doubt by a word of doubt, and nothing firm is doubted', () => {
    const doubt =
      /exclu|ruled? out|possib|question|query|may |maybe|might|could|suspect|suspicious|equivocal|unclear|uncertain|not (sure|clear|certain)|versus|concern|suggest|perhaps|differential|if any|confirmed|probab|doubt|consider/i
    for (const text of many('uncertain')) expect(text).toMatch(doubt)
    const firm = many('present').filter((text) => /possib|probab|suspicious|suggest|cannot be (ex|ruled)/i.test(text))
    expect(firm).toEqual([])
  })

  it('leave nothing behind without a word of time', () => {
    const past =
      /resol|clear|disappear|gone|no longer|former|last|history|past|ago|removed|removal|taken out|treated|described|reported|status post|previous|prior/i
    for (const text of many('resolved')) expect(text).toMatch(past)
  })
})

describe('corrections', () => {
  it('name no finding that was taken back', () => {
    const texts = Array.from({ length: 500 }, (_, n) => {
      const random = RANDOM.fork(`correction ${n}`)
      return writeCorrection(createRandomDetails('emphysema', random), random)
    })
    const taken = texts.filter(({ statuses }) => statuses.emphysema === undefined)
    expect(taken.length).toBeGreaterThan(30)
    for (const { text } of taken) expect(text).toMatch(/(that|correction|wait|back|sorry)\.$/i)
    for (const status of ['present', 'absent'] as const)
      expect(texts.filter(({ statuses }) => statuses.emphysema === status).length).toBeGreaterThan(60)
  })
})

describe('hesitations', () => {
  it('keep every word and its order', () => {
    const said = 'there is a small left pleural effusion'
    for (let n = 0; n < 200; n++) {
      const slow = hesitate(said, RANDOM.fork(`slow ${n}`)).split(' ')
      let at = 0
      for (const word of slow) if (word === said.split(' ')[at]) at++
      expect(at).toBe(7)
      expect(slow.length).toBeGreaterThan(7)
    }
  })
})

describe('other organs and commands', () => {
  it('have a thousand ways and two hundred ways', () => {
    const organs = new Set(Array.from({ length: 3000 }, (_, n) => writeOtherOrgan(RANDOM.fork(`organ ${n}`)).text))
    const commands = new Set(Array.from({ length: 2000 }, (_, n) => writeViewerCommand(RANDOM.fork(`go ${n}`)).text))
    expect(organs.size).toBeGreaterThan(1000)
    expect(commands.size).toBeGreaterThan(200)
  })
})
