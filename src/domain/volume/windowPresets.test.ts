import { expect, it } from 'vitest'
import { DEFAULT_WINDOW_PRESET, findWindowPreset, WINDOW_PRESETS } from './windowPresets.ts'

it('has one preset a key, 1 to 6, the first for newly opened studies', () => {
  expect(WINDOW_PRESETS.map(({ key }) => key)).toEqual(['1', '2', '3', '4', '5', '6'])
  expect(new Set(WINDOW_PRESETS.map(({ id }) => id)).size).toBe(6)
  expect(DEFAULT_WINDOW_PRESET.id).toBe('lung')
})

it('knows a preset by its window, and no preset after a change by hand', () => {
  for (const preset of WINDOW_PRESETS) expect(findWindowPreset(preset.widthHu, preset.centerHu)).toBe(preset)
  expect(findWindowPreset(1500, -590)).toBeNull()
})
