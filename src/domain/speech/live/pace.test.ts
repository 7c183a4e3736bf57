import { expect, it } from 'vitest'
import { isDue, isSlow } from './pace.ts'

const SPEECH = {
  studyId: 'a',
  startMs: 10_000,
  endMs: 13_000,
  silentMs: 0,
  cutInMs: 19_000,
  takeFrom: () => new Float32Array(0),
}
const FORMER = { beganAtMs: 500, tookMs: 300, heardMs: 12_000 }

it.each([
  ['none before', SPEECH, null, 0, true],
  ['less than a second of sound', { ...SPEECH, endMs: 10_999 }, null, 0, false],
  ['the one before 700 ms ago', SPEECH, FORMER, 1200, true],
  ['the one before less than that ago', SPEECH, FORMER, 1199, false],
  ['nothing spoken since', { ...SPEECH, silentMs: 1000, cutInMs: 600 }, FORMER, 1500, false],
  ['something spoken since, and time before the cut', { ...SPEECH, silentMs: 96, cutInMs: 504 }, FORMER, 1500, true],
  ['something spoken since, and the cut is near', { ...SPEECH, silentMs: 128, cutInMs: 472 }, FORMER, 1500, false],
  ['the greatest length is near', { ...SPEECH, cutInMs: 400 }, FORMER, 1500, false],
  ['only a person ends it', { ...SPEECH, cutInMs: Number.POSITIVE_INFINITY }, FORMER, 1500, true],
] as const)('a pass of 500 ms, with %s', (_, speech, former, now, expected) => {
  expect(isDue(speech, former, now, 500)).toBe(expected)
})

it('is slow beyond 1.2 s', () => {
  expect([null, FORMER, { ...FORMER, tookMs: 1201 }].map(isSlow)).toEqual([false, false, true])
})
