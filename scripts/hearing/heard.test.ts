import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foldStatements } from '../../src/domain/statements/foldStatements.ts'
import { joinReadings } from '../../src/domain/statements/joinReadings.ts'
import { readWords } from '../../src/domain/statements/readWords.ts'
import { type HandWrittenClip, readAllClips } from '../../src/domain/statements/testing/handWritten.ts'
import { judgeStatements } from '../../src/domain/statements/testing/judgeStatements.ts'
import { type Ears, openEars } from './openEars.ts'
import { readSpoken, readSpokenClips, readWav } from './readWav.ts'

/* Sentences of fixtures/heard through the bundled pack's ears, on one thread. */

const FOLDER = 'fixtures/heard'
const MINUTES = 60_000
/** Of twelve findings, each said present in a sentence by itself. */
const LEAST_FOUND = 10
/** One that the rules read the wrong way round as it is written, too. */
const MOST_OPPOSITE = 1

let ears: Ears

beforeAll(async () => {
  ears = await openEars('public/models/phantom-mini')
}, 2 * MINUTES)
afterAll(() => ears.close())

const readStatements = async (audio: Float32Array) => {
  const { embedding, heardWords } = await ears.hear(audio)
  return joinReadings(embedding, readWords(heardWords, embedding, ears), heardWords)
}

test(
  `of twelve sentences by voices that nothing was trained on at least ${LEAST_FOUND} state their finding and no more than one the other way round`,
  async () => {
    const clips = new Map(readAllClips().map((clip) => [clip.id, clip]))
    const judged = []
    for (const row of readSpokenClips(FOLDER))
      judged.push(
        judgeStatements(clips.get(row.clip) as HandWrittenClip, await readStatements(readSpoken(FOLDER, row))),
      )
    expect(judged).toHaveLength(12)
    expect(judged.flatMap(({ opposite }) => opposite).length).toBeLessThanOrEqual(MOST_OPPOSITE)
    expect(judged.flatMap(({ found }) => found).length).toBeGreaterThanOrEqual(LEAST_FOUND)
  },
  4 * MINUTES,
)

test(
  'a fluent dictation of 40 s is read as it was said',
  async () => {
    const said = foldStatements([{ id: 'fluent', statements: await readStatements(readWav(`${FOLDER}/fluent.wav`)) }])
    const expected = JSON.parse(readFileSync(`${FOLDER}/fluent.json`, 'utf8'))
    expect(Object.fromEntries([...said].map(([id, { status }]) => [id, status]))).toEqual(expected)
  },
  4 * MINUTES,
)
