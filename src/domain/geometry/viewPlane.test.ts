import { describe, expect, it } from 'vitest'
import { cross, dot } from './vector.ts'
import { ORIENTATIONS, toDirectionLetter, toOrientationLetters, VIEW_PLANES } from './viewPlane.ts'

describe('orientation letters', () => {
  it('follow the radiological convention in all three views', () => {
    const letters = ORIENTATIONS.map((orientation) => toOrientationLetters(VIEW_PLANES[orientation]))
    expect(letters).toEqual([
      { left: 'R', right: 'L', top: 'A', bottom: 'P' },
      { left: 'R', right: 'L', top: 'S', bottom: 'I' },
      { left: 'A', right: 'P', top: 'S', bottom: 'I' },
    ])
  })

  it('name the axis a tilted direction is closest to', () => {
    expect(toDirectionLetter([0.3, -0.9, 0.31])).toBe('A')
    expect(toDirectionLetter([0.2, 0.1, -0.97])).toBe('I')
  })
})

describe('view planes', () => {
  it('have three directions at right angles', () => {
    for (const { right, up, normal } of Object.values(VIEW_PLANES)) {
      expect(dot(right, up)).toBe(0)
      expect(Math.abs(dot(cross(right, up), normal))).toBe(1)
    }
  })
})
