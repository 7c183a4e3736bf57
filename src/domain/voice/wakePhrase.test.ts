import { expect, it } from 'vitest'
import { toSpokenWords } from './spokenWords.ts'
import { isWakePhrase } from './wakePhrase.ts'

const wakes = (text: string, leading = 'viewer') => isWakePhrase(toSpokenWords(text), leading)

it.each([
  'Viewer, wake up.',
  'viewer wake up please',
  'Hey viewer, wake up now',
  'Fewer, wake up',
  'Viewer, awake.',
  'I will call you back. Viewer, wake up',
])('%s wakes', (text) => expect(wakes(text)).toBe(true))

it.each([
  'Wake up.',
  'Viewer, lung window',
  'Viewer',
  'You have to wake up early tomorrow',
  'Viewer, wake up the patient in room four',
  'I will see you in your week',
  'In view of the wake of the vessel',
  'He viewed the wakeful patient',
])('%s does not', (text) => expect(wakes(text)).toBe(false))

it('follows the leading word of the settings, and does without one', () => {
  expect(wakes('Computer, wake up', 'computer')).toBe(true)
  expect(wakes('Viewer, wake up', 'computer')).toBe(false)
  expect(wakes('Wake up', '')).toBe(true)
  expect(wakes('You have to wake up', '')).toBe(false)
})
