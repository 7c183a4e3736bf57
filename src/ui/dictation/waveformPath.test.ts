import { expect, it } from 'vitest'
import { toWaveformPath } from './waveformPath.ts'

it('draws one stroke a peak, mirrored about the middle', () => {
  expect(toWaveformPath([1, 0.5])).toBe('M0.5 0v1M1.5 0.25v0.5')
})

it('keeps silence visible and clamps peaks above one', () => {
  expect(toWaveformPath([0, 3])).toBe('M0.5 0.48v0.04M1.5 0v1')
})

it('draws nothing for no peaks', () => {
  expect(toWaveformPath([])).toBe('')
})
