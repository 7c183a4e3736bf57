import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { toVocabulary } from './mentions.ts'
import { readTranscript } from './readTranscript.ts'
import { toHeardWords } from './tokens.ts'

/* Whatever a transcriber writes is read, quickly and without an error; packs of other findings are read by what they say of them. */

const readManifest = (path: string) =>
  JSON.parse(readFileSync(new URL(`../../../../${path}/manifest.json`, import.meta.url), 'utf8'))
const VOCABULARY = toVocabulary(readManifest('public/models/phantom-mini').findings)

/** Words of dictation, of rules and of neither; with and without stops. */
const WORDS =
  `no not without effusion nodule consolidation, the is are was has resolved or and nor neither possible cannot exclude
  right left upper lower lobe lung heart enlarged size normal. 6 mm 1.2 cm by x point five than previously now there it they
  scratch that correction, actually wait history of status post unchanged seen both either thyroid liver kidney breast node
  calcification aortic coronary pericardial ? ! ; : , . uh um period comma colon none nothing but however otherwise elsewhere
  0 99999999999 -- \u00e9\u00e8 \u4e2d\u6587 'n' s/p w/o h/o don't isn't mm cm`.split(/\s+/)

/** Park & Miller's minimal standard generator, so that a failure can be made again. */
function createRandom(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state * 48271) % 2147483647
    return state % below
  }
}

const toText = (random: (below: number) => number, length: number): string =>
  Array.from({ length }, () => WORDS[random(WORDS.length)]).join(' ')

it('reads two thousand texts of words in any order, each finding with a status and a place', () => {
  const random = createRandom(20_261_127)
  for (let n = 0; n < 2_000; n++) {
    const text = toText(random, 1 + random(40))
    const { readings } = readTranscript(toHeardWords(text), VOCABULARY)
    for (const { status, place, sizeMm, words } of readings) {
      expect(['present', 'absent', 'uncertain', 'resolved'], text).toContain(status)
      expect([null, 'left', 'right', 'bilateral'], text).toContain(place.side)
      expect(sizeMm === null || (sizeMm > 0 && sizeMm <= 400), text).toBe(true)
      expect(words.length, text).toBeGreaterThan(0)
    }
  }
}, 60_000)

it('reads 90 seconds of speech without a stop, and as much of it as of each part', () => {
  const report = `the heart is enlarged no pericardial effusion there is a 6 mm nodule in the right upper lobe unchanged small
    left effusion has decreased no consolidation or ground glass mild emphysema coronary arteries are calcified no adenopathy `
  const count = (text: string) => readTranscript(toHeardWords(text), VOCABULARY).readings.length
  expect(toHeardWords(report.repeat(8)).length).toBeGreaterThan(200)
  expect(count(report)).toBe(9)
  expect(count(report.repeat(8))).toBe(8 * 9)
})

describe('packs that say nothing of how their findings are spoken of', () => {
  const read = (pack: string, text: string) =>
    readTranscript(toHeardWords(text), toVocabulary(readManifest(`fixtures/models/${pack}`).findings)).readings.map(
      ({ findingId, status, place }) => [findingId, status, place.side],
    )
  const toLabels = (pack: string): { id: string; label: string; synonyms: string[] }[] =>
    readManifest(`fixtures/models/${pack}`).findings

  test.each(['tiny-three', 'tiny-forty'])('%s: each label and synonym is read, denied and doubted', (pack) => {
    for (const { id, label, synonyms } of toLabels(pack))
      for (const name of [label, ...synonyms].map((text) => text.replaceAll(',', ''))) {
        const statuses = [`${name}.`, `No ${name}.`, `Possible ${name}.`, `The ${name} has resolved.`].map(
          (text) =>
            read(pack, text)
              .filter(([finding]) => finding === id)
              .map(([, status]) => status)[0],
        )
        expect(statuses, name).toEqual(['present', 'absent', 'uncertain', 'resolved'])
      }
  })
})
