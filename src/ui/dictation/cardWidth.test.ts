import { expect, it } from 'vitest'
import { toCardWidthRem } from './cardWidth.ts'

it('is wider for longer texts and for more chips, within its bounds', () => {
  expect(toCardWidthRem('There is a small nodule.', ['Lung nodule'])).toBe(16.5)
  expect(toCardWidthRem('x'.repeat(150), [])).toBe(20)
  expect(toCardWidthRem('', Array(4).fill('Lung nodule · right upper · 6 mm'))).toBe(28.5)
  expect(toCardWidthRem('', ['Coronary artery wall calcification · left · 12 mm'])).toBe(20)
  expect(toCardWidthRem('x'.repeat(2000), [])).toBe(34)
})

it('is as wide as findings need on their two lines with none of them parted, wider than any text makes it', () => {
  const said = ['Pleural effusion · right', 'Atelectasis · right lower', 'Lung nodule · left upper · 6 mm']
  const more = ['Emphysema · both sides upper', 'Cardiomegaly', 'Coronary artery wall calcification']
  expect(toCardWidthRem('', [...said, ...more])).toBeLessThan(
    toCardWidthRem('', [...said, ...more, 'Pericardial effusion']),
  )
  const chips = Array.from({ length: 18 }, () => 'Pericardial effusion · right')
  expect(toCardWidthRem('', chips.slice(0, 7))).toBe(46.5)
  expect(toCardWidthRem('', chips)).toBe(56)
})
