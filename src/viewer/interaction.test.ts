import { describe, expect, it } from 'vitest'
import { toCrossPath } from './crosshairOverlay.ts'
import { toWheelSlices } from './interaction.ts'
import { toDraggedWindow } from './windowDrag.ts'

describe('the wheel', () => {
  it('moves one slice a notch however large the system makes it', () => {
    expect(toWheelSlices(120, 0)).toEqual({ slices: 1, restPx: 0 })
    expect(toWheelSlices(-480, 10)).toEqual({ slices: -1, restPx: 0 })
  })

  it('adds up the small steps of a touchpad', () => {
    let restPx = 0
    let moved = 0
    for (let n = 0; n < 12; n++) {
      const turned = toWheelSlices(8, restPx)
      restPx = turned.restPx
      moved += turned.slices
    }
    expect(moved).toBe(4)
  })

  it('forgets the rest when the direction turns', () => {
    expect(toWheelSlices(-8, 20)).toEqual({ slices: 0, restPx: -8 })
  })
})

describe('dragging the window', () => {
  it('widens to the right and darkens downwards, faster for wide windows', () => {
    expect(toDraggedWindow({ widthHu: 1600, centerHu: -600 }, 10, 5)).toEqual({ widthHu: 1640, centerHu: -580 })
    expect(toDraggedWindow({ widthHu: 400, centerHu: 40 }, 10, 5)).toEqual({ widthHu: 410, centerHu: 45 })
  })

  it('never turns the window inside out', () => {
    expect(toDraggedWindow({ widthHu: 100, centerHu: 0 }, -5000, 0).widthHu).toBe(1)
  })
})

describe('the crosshair', () => {
  it('leaves a gap around the point and reaches every edge', () => {
    expect(toCrossPath([100, 60], 400, 300)).toBe('M0 60.5H86.5M114.5 60.5H400M100.5 0V46.5M100.5 74.5V300')
  })

  it('stays on the pixel that was pointed at', () => {
    expect(toCrossPath([99.9999, 60], 400, 300)).toContain('M100.5 0V')
  })
})
