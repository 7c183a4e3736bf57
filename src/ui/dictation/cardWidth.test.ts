import { expect, it } from 'vitest'
import { toCardWidthRem } from './cardWidth.ts'

it('is wider for longer texts and for more chips, within its bounds', () => {
  expect(toCardWidthRem('There is a small nodule.', ['Lung nodule'])).toBe(16.5)
  expect(toCardWidthRem('x'.repeat(150), [])).toBe(20)
  expect(toCardWidthRem('', Array(4).fill('Lung nodule · right upper · 6 mm'))).toBe(27)
  expect(toCardWidthRem('', ['Coronary artery wall calcification · left · 12 mm'])).toBe(20)
  expect(toCardWidthRem('x'.repeat(2000), [])).toBe(34)
})

it('is as wide as many findings need on their two lines, wider than any text makes it', () => {
  const chips = Array.from({ length: 9 }, () => 'Pericardial effusion · right')
  expect(toCardWidthRem('', chips)).toBe(52)
  expect(toCardWidthRem('', [...chips, ...chips])).toBe(56)
})
