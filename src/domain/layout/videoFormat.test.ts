import { expect, it } from 'vitest'
import { chooseVideoFormat, toBitsPerSecond } from './videoFormat.ts'

it('takes the first container that the browser writes, or none', () => {
  expect(chooseVideoFormat(() => true)?.extension).toBe('mp4')
  expect(chooseVideoFormat((type) => type.startsWith('video/webm'))).toEqual({
    mimeType: 'video/webm;codecs=vp9',
    extension: 'webm',
  })
  expect(chooseVideoFormat(() => false)).toBeNull()
})

it('gives a picture bits by its pixels, within bounds', () => {
  expect(toBitsPerSecond(1000, 800, 10)).toBe(1_600_000)
  expect(toBitsPerSecond(100, 100, 2)).toBe(1_000_000)
  expect(toBitsPerSecond(3840, 2160, 60)).toBe(24_000_000)
})
