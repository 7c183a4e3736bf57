import { expect, it } from 'vitest'
import { TypingRun } from './typingRun.ts'

/** Whether each character, typed `stepMs` after the one before, counts as a Space within text. */
const blanksOf = (text: string, stepMs: number) => {
  const run = new TypingRun()
  return [...text].map((key, n) => run.isText([key === ' ' ? 'Space' : key], n * stepMs))
}

it('takes the blanks of a typed sentence for text', () => {
  expect(blanksOf('no  effusion', 20).flatMap((isText, n) => (isText ? [n] : []))).toEqual([2, 3])
})

it('never holds back a Space that is pressed by itself', () => {
  const run = new TypingRun()
  expect(run.isText(['Space'], 0)).toBe(false)
  expect(run.isText(['Space'], 10)).toBe(false)
  expect(run.isText(['Alt+1'], 20)).toBe(false)
  expect(run.isText(['Space'], 30)).toBe(false)
})

it('begins to talk again half a second after the last character', () => {
  const run = new TypingRun()
  run.isText(['m'], 0)
  expect(run.isText(['Space'], 499)).toBe(true)
  expect(run.isText(['Space'], 1000)).toBe(false)
})
