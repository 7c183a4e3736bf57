import { expect, it } from 'vitest'
import { toGreys } from './paintGrey.ts'

it('spreads a window over all greys, rounds to the nearest, and is black where there is no number', () => {
  const hu = Float32Array.of(-2000, -1350, -600, 147, 150, 3000, Number.NaN)
  const rgba = new Uint32Array(hu.length)
  toGreys(hu, { widthHu: 1500, centerHu: -600 }, rgba)
  expect([...rgba].map((pixel) => pixel & 0xff)).toEqual([0, 0, 128, 254, 255, 255, 0])
  expect([...rgba].every((pixel) => pixel >>> 24 === 255 && ((pixel >> 8) & 0xff) === (pixel & 0xff))).toBe(true)
})
