import { expect, test } from 'vitest'
import { ProblemError } from '../base/result.ts'
import { INSECURE_CONTEXT, toMicrophoneProblem } from './microphoneProblems.ts'

test.each([
  ['NotAllowedError', 'microphone-denied'],
  ['SecurityError', 'microphone-denied'],
  ['NotFoundError', 'microphone-missing'],
  ['OverconstrainedError', 'microphone-chosen-missing'],
  ['NotReadableError', 'microphone-busy'],
  ['AbortError', 'microphone-busy'],
  ['InvalidStateError', 'microphone-failed'],
])('%s of the browser becomes %s', (name, code) => {
  expect(toMicrophoneProblem(new DOMException('from the browser', name)).code).toBe(code)
})

test('errors that are no DOMException are read by their name too', () => {
  expect(toMicrophoneProblem({ name: 'DevicesNotFoundError' }).code).toBe('microphone-missing')
  expect(toMicrophoneProblem('odd').code).toBe('microphone-failed')
})

test('a problem that is already explained stays as it is', () => {
  expect(toMicrophoneProblem(new ProblemError(INSECURE_CONTEXT))).toBe(INSECURE_CONTEXT)
})
