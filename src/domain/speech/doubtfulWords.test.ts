import { expect, it } from 'vitest'
import { isDoubtful, toTextRuns } from './doubtfulWords.ts'

const wordsOf = (text: string, ...probabilities: number[]) =>
  text.split(' ').map((word, n) => ({ text: word, startSeconds: n, endSeconds: n + 1, probability: probabilities[n] }))

it('marks the words that are likelier another one, neighbours as one stretch, and loses no letter', () => {
  const words = wordsOf('Mild cardio mongaly is seen.', 0.98, 0.2, 0.31, 0.99, 0.97)
  const runs = toTextRuns(words)
  expect(runs).toEqual([
    { text: 'Mild', isDoubtful: false },
    { text: 'cardio mongaly', isDoubtful: true },
    { text: 'is seen.', isDoubtful: false },
  ])
  expect(runs.map(({ text }) => text).join(' ')).toBe('Mild cardio mongaly is seen.')
})

it('marks nothing of a clear sentence, and has no stretch of none', () => {
  expect(toTextRuns(wordsOf('No effusion.', 0.99, 0.9))).toEqual([{ text: 'No effusion.', isDoubtful: false }])
  expect(toTextRuns([])).toEqual([])
  expect([0, 1].map((probability) => isDoubtful({ probability }))).toEqual([true, false])
})
