import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { COLOR_MAPS, toColorMapId, toColorTable } from './colorMaps.ts'

/** By `training/scripts/make_golden_color_maps.py`. */
const palettes: Record<string, number[][]> = JSON.parse(
  readFileSync(new URL('../../../fixtures/golden/colorMaps.json', import.meta.url), 'utf8'),
)

describe('a colour map', () => {
  it.each(COLOR_MAPS.filter(({ id }) => id !== 'grey'))('$label has the colours of the DICOM palette', ({ id }) => {
    const table = toColorTable(id, false)
    for (const [channel, values] of palettes[id].entries())
      for (const [level, value] of values.entries())
        expect(Math.abs(table[channel][level] - value), `${id} ${channel} ${level}`).toBeLessThanOrEqual(1)
  })

  it('leaves grey as it is, and turns it round where black stands for white', () => {
    for (const channel of toColorTable('grey', false)) expect([...channel]).toEqual([...Array(256).keys()])
    for (const channel of toColorTable('grey', true)) expect([...channel]).toEqual([...Array(256).keys()].reverse())
  })

  it('shows an inverted level as the opposite one was shown', () => {
    const [plain, inverted] = [toColorTable('pet20', false), toColorTable('pet20', true)]
    for (const channel of [0, 1, 2])
      for (let level = 0; level < 256; level++) expect(inverted[channel][level]).toBe(plain[channel][255 - level])
  })

  it('knows its own names alone', () => {
    expect(toColorMapId('pet')).toBe('pet')
    expect(toColorMapId('jet')).toBeNull()
  })
})
