import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readAllClips, toHalf } from './testing/handWritten.ts'
import { type ClipJudgement, judgeStatements } from './testing/judgeStatements.ts'
import { toVocabulary } from './transcript/mentions.ts'
import { readTranscript } from './transcript/readTranscript.ts'
import { toHeardWords } from './transcript/tokens.ts'

/*
 * The held-out half of the hand-written sentences, as they are written: what the reader of transcripts reaches without ears.
 * `npm run measure:reading` prints the figures; these are floors beneath them.
 */

const { findings } = JSON.parse(
  readFileSync(new URL('../../../public/models/phantom-mini/manifest.json', import.meta.url), 'utf8'),
)
const vocabulary = toVocabulary(findings)
const judged = readAllClips()
  .filter(({ id }) => toHalf(id) === 'held-out')
  .map((clip) => judgeStatements(clip, readTranscript(toHeardWords(clip.clauses.join(' ')), vocabulary).readings))

const count = (pick: (one: ClipJudgement) => readonly { status: string }[], status: string) =>
  judged.flatMap(pick).filter((statement) => statement.status === status).length
const shareFound = (status: string) => count((one) => one.found, status) / count(({ clip }) => clip.statements, status)

it('finds what is stated, by status', () => {
  expect(judged.flatMap(({ clip }) => clip.statements)).toHaveLength(509)
  expect(shareFound('present')).toBeGreaterThan(0.95)
  expect(shareFound('absent')).toBeGreaterThan(0.95)
  expect(shareFound('uncertain')).toBeGreaterThan(0.94)
  expect(shareFound('resolved')).toBeGreaterThan(0.93)
})

it('invents nothing of normal anatomy, unrelated talk and commands, and hardly anything of other organs', () => {
  const inventing = (kind: string) =>
    judged.filter(({ clip, invented }) => clip.kind === kind && invented.length > 0).length
  expect(['normal', 'unrelated', 'command'].map(inventing)).toEqual([0, 0, 0])
  expect(inventing('other-organ')).toBeLessThanOrEqual(2)
})
