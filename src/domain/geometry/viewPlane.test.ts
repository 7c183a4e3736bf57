import { describe, expect, it } from 'vitest'
import { cross, dot } from './vector.ts'
import { ORIENTATIONS, toDirectionLetters, toOrientationLetters, VIEW_PLANES } from './viewPlane.ts'

describe('orientation letters', () => {
  it('follow the radiological convention in all three views', () => {
    const letters = ORIENTATIONS.map((orientation) => toOrientationLetters(VIEW_PLANES[orientation]))
    expect(letters).toEqual([
      { left: 'R', right: 'L', top: 'A', bottom: 'P' },
      { left: 'R', right: 'L', top: 'S', bottom: 'I' },
      { left: 'A', right: 'P', top: 'S', bottom: 'I' },
    ])
  })

  it('name the two nearest sides of an oblique direction, the nearest first, and one alone within 5 degrees', () => {
    expect(toDirectionLetters([0.3, -0.9, 0.31])).toBe('AS')
    expect(toDirectionLetters([0.2, 0.1, -0.97])).toBe('IL')
    const turned = (degrees: number) => {
      const angle = (degrees * Math.PI) / 180
      return toDirectionLetters([Math.cos(angle), -Math.sin(angle), 0])
    }
    expect([0, 4, 6, 44, 46, 86, 94, 174, 176].map(turned)).toEqual(['L', 'L', 'LA', 'LA', 'AL', 'A', 'A', 'RA', 'R'])
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
