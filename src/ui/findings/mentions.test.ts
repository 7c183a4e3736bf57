import { expect, it } from 'vitest'
import { toStatement } from '../../domain/statements/statement.fixture.ts'
import type { UtteranceItem } from '../../state/appState.ts'
import { describeMentions, toNumbered, toQuestion } from './mentions.ts'

const utterances = ['a', 'b', 'c'].map((id) => ({ id }) as UtteranceItem)
const deciding = [
  { utteranceId: 'a', statement: toStatement({ words: 'a small nodule' }) },
  { utteranceId: 'b', statement: toStatement({ status: 'absent' }) },
  { utteranceId: 'c', statement: toStatement({ status: 'absent', isSet: true }) },
]

it('numbers mentions as their cards are numbered, and tells whose word decided', () => {
  const numbered = toNumbered({ deciding }, utterances)
  expect(describeMentions(numbered)).toBe('1: “a small nodule”; 2: by sound alone; 3: set by you')
  expect(toQuestion(numbered)).toBe('Present in 1, absent in 2 and 3: which?')
})

it('tells of what is unsure how it sounds and how its words read, but not where a person set it so', () => {
  const readings = { embedding: 'present', transcript: 'absent' } as const
  const unsure = toStatement({ status: 'uncertain', words: 'perhaps a nodule', readings })
  const set = toStatement({ status: 'uncertain', isSet: true, words: null, readings })
  const numbered = [unsure, set].map((statement, n) => ({ utteranceId: `${n}`, statement, number: n + 1 }))
  expect(describeMentions(numbered)).toBe('1: “perhaps a nodule” (Sound: present. Words: absent.); 2: set by you')
})
