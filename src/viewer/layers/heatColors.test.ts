import { describe, expect, it } from 'vitest'
import { HEAT_COLORS, paintHeat } from './heatColors.ts'

const luminance = (n: number) =>
  0.2126 * HEAT_COLORS[n * 4] + 0.7152 * HEAT_COLORS[n * 4 + 1] + 0.0722 * HEAT_COLORS[n * 4 + 2]

describe('heat colours', () => {
  it('grow lighter and more opaque with every step', () => {
    for (let n = 1; n < 256; n++) {
      expect(luminance(n)).toBeGreaterThanOrEqual(luminance(n - 1) - 1)
      expect(HEAT_COLORS[n * 4 + 3]).toBeGreaterThanOrEqual(HEAT_COLORS[n * 4 - 1])
    }
    expect(luminance(255)).toBeGreaterThan(luminance(0) + 150)
  })

  it('leave what hardly contributes clear and the strongest opaque', () => {
    const pixels = new Uint8ClampedArray(12)
    paintHeat(Float32Array.from([0, 0.05, 1]), pixels)
    expect([pixels[3], pixels[7], pixels[11]]).toEqual([0, 0, 255])
    expect([...pixels.slice(8, 11)]).toEqual([252, 255, 164])
  })
})
