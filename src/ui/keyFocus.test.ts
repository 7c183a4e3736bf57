import { expect, it } from 'vitest'
import { type FocusTarget, isKeyTaken } from './keyFocus.ts'

/** An element that matches the selectors of which it is a part, e.g. "button" or `input[type="range"]`. */
function element(part: string, ancestor = part): FocusTarget {
  const has = (selectors: string, wanted: string) => selectors.split(', ').some((one) => one === wanted)
  return {
    matches: (selectors) => has(selectors, part),
    closest: (selectors) => (has(selectors, part) || has(selectors, ancestor) ? {} : null),
  }
}

it('leaves every key to a text field', () => {
  const field = element('textarea')
  expect(['m', '1', ' ', 'ArrowUp', '?'].map((key) => isKeyTaken(key, field, null))).toEqual(Array(5).fill(true))
})

it('lets letters pass a focused button, slider or nothing at all', () => {
  expect(isKeyTaken('m', element('button'), null)).toBe(false)
  expect(isKeyTaken('h', element('input[type="range"]'), null)).toBe(false)
  expect(isKeyTaken(' ', null, null)).toBe(false)
})

it('gives Space to a button reached by keyboard, and to the microphone after a mere click on it', () => {
  const button = element('button')
  expect(isKeyTaken(' ', button, null)).toBe(true)
  expect(isKeyTaken(' ', button, element('button'))).toBe(true)
  expect(isKeyTaken(' ', button, button)).toBe(false)
})

it('leaves arrows to sliders and lists, but paging to sliders alone', () => {
  const slider = element('input[type="range"]')
  const row = element('button', '[data-owns-arrows]')
  expect(isKeyTaken('ArrowDown', slider, null)).toBe(true)
  expect(isKeyTaken('PageDown', slider, null)).toBe(true)
  expect(isKeyTaken('ArrowDown', row, null)).toBe(true)
  expect(isKeyTaken('PageDown', row, null)).toBe(false)
})
