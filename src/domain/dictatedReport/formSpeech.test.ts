import { describe, expect, it } from 'vitest'
import { formSpeech } from './formSpeech.ts'

const form = (text: string) => formSpeech(text).map((one) => one.text)

describe('numbers with a unit are written in digits, all others as they were said', () => {
  it.each([
    ['nodule of five millimetres in the left lower lobe', 'Nodule of 5 mm in the left lower lobe.'],
    ['a mass of one point two centimeters', 'A mass of 1.2 cm.'],
    ['it measures five by six millimeters.', 'It measures 5 × 6 mm.'],
    ['measures 3 x 4 mm today', 'Measures 3 × 4 mm today.'],
    ['a 5mm nodule', 'A 5 mm nodule.'],
    ['five millimetres by six millimetres by seven millimetres', '5 × 6 × 7 mm.'],
    ['effusion of one hundred and twenty millilitres', 'Effusion of 120 ml.'],
    ['minus eighty five hounsfield units', '−85 HU.'],
    ['about thirty percent of the lobe', 'About 30% of the lobe.'],
    ['two nodules are seen on slice forty five', 'Two nodules are seen on slice 45.'],
    ['one nodule, two cysts', 'One nodule, two cysts.'],
    ['five, six millimetres', 'Five, 6 mm.'],
    ['1.2 cm nodule. No effusion.', '1.2 cm nodule.|No effusion.'],
    ['unchanged to four millimetres', 'Unchanged to 4 mm.'],
  ])('%s', (said, written) => expect(form(said).join('|')).toBe(written))
})

describe('spoken punctuation', () => {
  it.each([
    ['no effusion period heart is normal full stop', 'No effusion.|Heart is normal.'],
    ['no effusion, period. heart is normal.', 'No effusion.|Heart is normal.'],
    ['impression colon small nodule comma likely benign', 'Impression: small nodule, likely benign.'],
    ['the colon is normal', 'The colon is normal.'],
    ['unchanged over a period of two years', 'Unchanged over a period of two years.'],
    ['nodule open parenthesis series two close parenthesis', 'Nodule (series 2).'],
    ['uh there is um no effusion', 'There is no effusion.'],
    ['Comma.', ''],
    ['', ''],
  ])('%s', (said, written) => expect(form(said).join('|')).toBe(written))
  it('begins a paragraph', () => {
    const said = formSpeech('no effusion new paragraph the heart is large')
    expect(said.map(({ text, beginsParagraph }) => [text, beginsParagraph])).toEqual([
      ['No effusion.', false],
      ['The heart is large.', true],
    ])
  })
})
