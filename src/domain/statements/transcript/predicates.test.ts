import { describe, expect, it } from 'vitest'
import { readPredicate } from './predicates.ts'

describe('an utterance that begins in mid-sentence', () => {
  it.each([
    ['Is possible.', 'uncertain'],
    ['is not seen. Small hernia.', 'absent'],
    ['are no longer visible', 'resolved'],
    ['has resolved.', 'resolved'],
    ['has not resolved.', 'present'],
    ['Cannot be excluded.', 'uncertain'],
    ['Not identified.', 'absent'],
    ['and is questionable', 'uncertain'],
    ['is present on the left', 'present'],
  ])('"%s" ends the sentence before it as %s', (text, status) => {
    expect(readPredicate(text)).toBe(status)
  })

  it.each([
    'Is there an effusion?',
    'No effusion.',
    'The heart is large.',
    'May I have a coffee?',
    'Not a nodule.',
    'May represent a scar.',
    'Could be due to motion.',
    '',
  ])('"%s" is a sentence of its own', (text) => {
    expect(readPredicate(text)).toBeNull()
  })
})
