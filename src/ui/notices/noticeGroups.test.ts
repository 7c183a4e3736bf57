import { expect, it } from 'vitest'
import type { Notice } from '../../state/appState.ts'
import { groupNotices, toLines, toListText } from './noticeGroups.ts'

const notice = (code: string, message: string, severity: Notice['severity'] = 'warning', files?: string[]): Notice => ({
  id: message,
  severity,
  told: { code, message, nextStep: 'Drop it again.', ...(files ? { files } : {}) },
})

it('folds notices by kind; the kind told last comes last, with the gravest severity', () => {
  const groups = groupNotices([notice('cut', 'a'), notice('odd', 'b'), notice('cut', 'c', 'error')])
  expect(groups.map(({ code, severity, notices }) => [code, severity, notices.map(({ id }) => id)])).toEqual([
    ['odd', 'warning', ['b']],
    ['cut', 'error', ['a', 'c']],
  ])
})

it('lists every file of one sentence, and every sentence of several', () => {
  const many = notice('odd', 'a.txt and 2 more files: neither.', 'warning', ['a.txt', 'b.txt', 'c.txt'])
  expect(toLines(groupNotices([many])[0])).toEqual(['a.txt', 'b.txt', 'c.txt'])
  expect(toLines(groupNotices([notice('odd', 'alone')])[0])).toEqual([])
  expect(toLines(groupNotices([many, notice('odd', 'd.txt: neither.')])[0])).toEqual([
    'a.txt and 2 more files: neither.',
    'a.txt',
    'b.txt',
    'c.txt',
    'd.txt: neither.',
  ])
})

it('copies sentences with next steps and files', () => {
  const group = groupNotices([notice('odd', 'a and b: odd.', 'warning', ['a', 'b']), notice('odd', 'c: odd.')])[0]
  expect(toListText(group)).toBe('a and b: odd. Drop it again.\na\nb\n\nc: odd. Drop it again.')
})
