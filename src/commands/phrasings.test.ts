import { expect, it } from 'vitest'
import { readAllClips } from '../domain/statements/testing/handWritten.ts'
import { toSpokenWords } from '../domain/voice/spokenWords.ts'
import { COMMANDS } from './table.ts'
import { judge, readNone, readPhrasings, toHalf } from './testing/phrasings.ts'
import { toSayableState } from './testing/sayable.ts'

const state = toSayableState()
const understand = (all: ReturnType<typeof readPhrasings>) =>
  all.map((one) => ({ ...one, ...judge(one, toSpokenWords(one.say), state) }))

/** Of the held-out half, as text. */
const LEAST_RIGHT = 0.97
/** Of a thousand sentences that are no commands. */
const MOST_RUN = 3

it('understands the held-out phrasings of the commands with their slots', () => {
  const judged = understand(readPhrasings().filter(({ say }) => toHalf(say) === 'held-out'))
  expect(judged.length).toBeGreaterThan(250)
  expect(judged.filter(({ isRight }) => isRight).length / judged.length).toBeGreaterThanOrEqual(LEAST_RIGHT)
}, 60_000)

it('understands every phrasing that the grammar was made with', () => {
  const judged = understand(readPhrasings().filter(({ say }) => toHalf(say) === 'develop'))
  expect(judged.filter(({ isRight }) => !isRight).map(({ say, as }) => `${say} → ${as}`)).toEqual([])
}, 60_000)

it('runs next to nothing for a thousand hand-written sentences of reports, of other organs and of talk', () => {
  const clips = readAllClips().filter(({ kind }) => kind !== 'command')
  const sentences = [...clips.map(({ clauses }) => clauses.join(' ')), ...readNone().map(({ say }) => say)]
  const isRun = (say: string) => judge({ say, id: null, slots: {} }, toSpokenWords(say), state).isRun
  // Counted, not shown: half of them are held out of all making of rules.
  expect(sentences.length).toBeGreaterThan(1000)
  expect(sentences.filter(isRun).length).toBeLessThanOrEqual(MOST_RUN)
}, 120_000)

it('runs nothing for sentences of reports that resemble commands, and for talk', () => {
  const run = understand(readNone()).filter(({ isRun }) => isRun)
  expect(run.map(({ say, as }) => `${say} → ${as}`)).toEqual([])
}, 60_000)

it('has phrasings of at least sixty commands, five a command, and of none that there is not', () => {
  const ids = new Set(COMMANDS.map(({ id }) => id))
  const all = readPhrasings()
  const named = [...new Set(all.map(({ id }) => id ?? ''))]
  expect(named.length).toBeGreaterThanOrEqual(60)
  expect(named.filter((id) => !ids.has(id))).toEqual([])
  expect(named.filter((id) => all.filter((one) => one.id === id).length < 5)).toEqual([])
})
