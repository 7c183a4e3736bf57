import { expect, it } from 'vitest'
import { changeSaid, changeWord, findSentenceWith, hasWord } from './changeWord.ts'
import { composeReport } from './composeReport.ts'

it('changes the first such word and no part of another, and keeps a capital', () => {
  expect(changeWord('Left nodule, upleft and left.', 'left', 'right')).toBe('Right nodule, upleft and left.')
  expect(changeWord('A nodule of 5 mm and 15.5 mm.', '5', '6')).toBe('A nodule of 6 mm and 15.5 mm.')
  expect(changeWord('Effusion.', 'effusion', 'pleural effusion')).toBe('Pleural effusion.')
  expect(hasWord('A nodule of 5.5 mm.', '5')).toBe(false)
  expect(hasWord('Unchanged.', 'changed')).toBe(false)
})

it('corrects what was said where the word is said once, a number as it was spoken too', () => {
  expect(changeSaid('nodule of five millimetres on the left', '5', '6')).toBe('nodule of 6 millimetres on the left')
  expect(changeSaid('on the left, not the left base', 'left', 'right')).toBeNull()
  expect(changeSaid('no effusion', 'left', 'right')).toBeNull()
})

it('means the sentence that was said last, wherever it stands in the report', () => {
  const utterances = ['no left effusion', 'nodule in the left lung', 'heart is normal'].map((text, n) => ({
    id: `u${n}`,
    text,
    statements: [],
  }))
  const report = composeReport({ utterances, entries: [], writeMeasure: () => null })
  expect(report.map(({ section }) => section)).toEqual(['lungs', 'pleura', 'heart'])
  const ids = utterances.map(({ id }) => id)
  expect(findSentenceWith(report, ids, 'left')?.text).toBe('Nodule in the left lung.')
  expect(findSentenceWith(report, ids, 'right')).toBeNull()
})
