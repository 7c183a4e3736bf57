import { expect, it } from 'vitest'
import { writeTokenTable } from './tokenTable.fixture.ts'
import { parseTokenTable } from './tokenTable.ts'
import { toWords } from './toWords.ts'

const bytes = (text: string) => [...new TextEncoder().encode(text)]
const parsed = parseTokenTable(writeTokenTable([' pneumo', 'thorax', ',', ' no', ' ', ' 6', 'mm'].map(bytes)))
if (!parsed.ok) throw new Error(parsed.problem.message)
const table = parsed.value

it('joins tokens into words at spaces, with punctuation, times and the mean of their probabilities', () => {
  const logProbs = [Math.log(0.5), Math.log(0.125), 0, 0, 0, 0, 0, 0]
  const words = toWords({ ids: [3, 0, 1, 2], logProbs, starts: [0.1, 0.4, 0.9, 1.2], end: 1.5 }, table)
  expect(words.map(({ text, startSeconds, endSeconds }) => [text, startSeconds, endSeconds])).toEqual([
    ['no', 0.1, 0.4],
    ['pneumothorax,', 0.4, 1.5],
  ])
  expect(words[0].probability).toBeCloseTo(0.5)
  expect(words[1].probability).toBeCloseTo(0.5)
})

it('leaves white space out, and keeps what has no space before it at the word before', () => {
  const words = toWords({ ids: [4, 5, 6], logProbs: [0, 0, 0], starts: [0, 0.2, 0.3], end: 0.6 }, table)
  expect(words).toEqual([{ text: '6mm', startSeconds: 0.2, endSeconds: 0.6, probability: 1 }])
  expect(toWords({ ids: [], logProbs: [], starts: [], end: 0 }, table)).toEqual([])
})
