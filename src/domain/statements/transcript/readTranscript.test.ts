import { describe, expect, it, test } from 'vitest'
import { beginsWithTakingBack } from './corrections.ts'
import { type SpokenFinding, toVocabulary } from './mentions.ts'
import { readTranscript } from './readTranscript.ts'
import { type HeardWord, toHeardWords } from './tokens.ts'

const spoken = (id: string, affirms: string[], more: object = {}): SpokenFinding => ({
  id,
  label: id,
  synonyms: [],
  spoken: { affirms, ...more },
})
const VOCABULARY = toVocabulary([
  spoken('nodule', ['nodule', 'mass', 'granuloma*'], { ignores: ['mass effect'] }),
  spoken('effusion', ['effusion', 'pleural ~ effusion']),
  spoken('pericardial', ['pericardial ~ effusion']),
  spoken('heart', ['cardiomegaly', 'heart ~ enlarged'], { denies: ['heart size ~ normal', 'normal heart size'] }),
  spoken('nodes', ['lymphadenopathy', 'enlarged ~ node', 'node >=10mm']),
  { id: 'hernia', label: 'Hiatal hernia', synonyms: ['hiatus hernia'] },
  { id: 'opacity', label: 'Lung opacity', synonyms: [] },
])
const read = (text: string) => readTranscript(toHeardWords(text), VOCABULARY)
/** "nodule present right upper 6", what was not said left out. */
const lines = (text: string) =>
  read(text).readings.map(({ findingId, status, place, sizeMm }) =>
    [findingId, status, place.side, place.lobe, sizeMm].filter((part) => part !== null).join(' '),
  )

describe('status', () => {
  test.each([
    [
      'a finding with no denying word near it',
      'Impression. Cardiomegaly and right lower lobe opacity.',
      ['heart present', 'opacity present right lower'],
    ],
    ['a denial before', 'There is no pleural effusion.', ['effusion absent']],
    ['a denial behind', 'A pleural effusion is not seen.', ['effusion absent']],
    ['a denial in the middle', 'The heart is not enlarged.', ['heart absent']],
    ['a phrase that denies', 'Heart size is normal.', ['heart absent']],
    [
      'a list under one denial',
      'No pleural or pericardial effusion, lymphadenopathy or hiatal hernia.',
      ['effusion absent', 'pericardial absent', 'nodes absent', 'hernia absent'],
    ],
    [
      'a list that goes on with what is there',
      'No effusion, small hiatal hernia.',
      ['effusion absent', 'hernia present'],
    ],
    ['a denial that ends at but', 'No effusion but a nodule.', ['effusion absent', 'nodule present']],
    ['neither … nor', 'Neither effusion nor lymphadenopathy.', ['effusion absent', 'nodes absent']],
    ['two denials', 'The effusion has not resolved.', ['effusion present']],
    ['a denial of change', 'No change in the nodule.', ['nodule present']],
    ['what cannot be excluded', 'An effusion cannot be excluded.', ['effusion uncertain']],
    ['what has not been excluded', 'An effusion has not been excluded.', ['effusion uncertain']],
    ['what is possible', 'Possible small effusion.', ['effusion uncertain']],
    ['a question', 'Rule out effusion.', ['effusion uncertain']],
    ['what is ruled out', 'This rules out an effusion.', ['effusion absent']],
    ['one of two', 'Nodule versus opacity.', ['nodule uncertain', 'opacity uncertain']],
    ['the past', 'History of pleural effusion.', ['effusion resolved']],
    ['what is no longer there', 'The effusion is no longer seen.', ['effusion resolved']],
    ['what has resolved in part', 'The effusion has partially resolved.', ['effusion present']],
    ['what was seen before and still is', 'The previously seen nodule is unchanged.', ['nodule present']],
    [
      'spoken punctuation',
      'no effusion period heart is enlarged comma nodule in the left lung new line',
      ['effusion absent', 'heart present', 'nodule present left'],
    ],
    ['no punctuation at all', 'no effusion heart is enlarged', ['effusion absent', 'heart present']],
    ['a size that makes it none', 'A six millimeter node.', []],
    ['a size that makes it one', 'A fourteen millimeter node.', ['nodes present 14']],
    ['words that only sound like it', 'No mass effect.', []],
  ])('of %s', (_, text, expected) => {
    expect(lines(text)).toEqual(expected)
  })

  it('says nothing of what was named where more of it is denied', () => {
    expect(lines('Six millimeter nodule in the right upper lobe. No other nodules.')).toEqual([
      'nodule present right upper 6',
    ])
    expect(lines('Nodule on the left, otherwise no nodules.')).toEqual(['nodule present left'])
  })
})

describe('place and size', () => {
  test.each([
    ['Right effusion and left hiatal hernia.', ['effusion present right', 'hernia present left']],
    ['Nodules in the right upper and left lower lobes.', ['nodule present right upper', 'nodule present left lower']],
    ['A small effusion is left, the nodule too.', ['effusion present', 'nodule present']],
    ['An effusion on the left.', ['effusion present left']],
    ['The effusion is left sided.', ['effusion present left']],
    ['Bilateral effusions.', ['effusion present bilateral']],
    ['Effusion on the left and right.', ['effusion present bilateral']],
    ['Nodule in the lingula.', ['nodule present left lingula']],
    ['Nodule in the middle lobe.', ['nodule present right middle']],
    ['RUL nodule of 1.2 cm.', ['nodule present right upper 12']],
    ['A two by three centimeter mass.', ['nodule present 30']],
    ['A one point five centimeter nodule.', ['nodule present 15']],
    ['A twenty one millimeter mass in the left upper lobe.', ['nodule present left upper 21']],
    ['Effusion on the right, none on the left.', ['effusion present right', 'effusion absent left']],
  ])('%s', (text, expected) => {
    expect(lines(text)).toEqual(expected)
  })
})

describe('other organs', () => {
  test.each([
    ['Thyroid nodule.', 'nodule'],
    ['There is a nodule in the left adrenal gland.', 'nodule'],
    ['Knee effusion.', 'effusion'],
    ['The breast tissue is dense, no mass.', 'nodule'],
    ['Enlarged inguinal nodes.', 'nodes'],
  ])('%s is none of the chest’s', (text, finding) => {
    expect(read(text)).toMatchObject({ readings: [], elsewhere: [finding] })
  })

  it('leaves a finding its own where an organ only tells where it lies', () => {
    expect(lines('Effusion above the liver.')).toEqual(['effusion present'])
    expect(lines('Liver is normal. Nodule in the right lung.')).toEqual(['nodule present right'])
  })
})

describe('corrections', () => {
  test.each([
    ['Pleural effusion. Scratch that.', []],
    ['Nodule in the right upper lobe, correction, left upper lobe.', ['nodule present left upper']],
    ['Six millimeter nodule, I mean eight millimeters.', ['nodule present 8']],
    ['Effusion. Correction, no effusion.', ['effusion absent']],
    ['Pleural effusion, correction, pericardial effusion.', ['pericardial present']],
    ['Effusion on the left, scratch that, on the right.', ['effusion present right']],
  ])('%s', (text, expected) => {
    expect(lines(text)).toEqual(expected)
  })

  it('tells that the utterance before is taken back', () => {
    expect(['Scratch that.', 'Uh, scratch that. A nodule.'].map(beginsWithTakingBack)).toEqual([true, true])
    expect(['Nodule. Scratch that.', '', 'A nodule.'].map(beginsWithTakingBack)).toEqual([false, false, false])
  })
})

it('gives each statement its sentence, its time where words have one, and whether each of them was clear', () => {
  const words = ['No', 'effusion.', 'A', 'nodule.'].map(
    (text, n): HeardWord => ({
      text,
      span: { startSeconds: n, endSeconds: n + 0.5 },
      isClear: n !== 1,
    }),
  )
  expect(readTranscript(words, VOCABULARY).readings.map((one) => [one.words, one.span, one.isClear])).toEqual([
    ['No effusion.', { startSeconds: 0, endSeconds: 1.5 }, false],
    ['A nodule.', { startSeconds: 2, endSeconds: 3.5 }, true],
  ])
  expect(read('').readings).toEqual([])
})

it.each([
  ['a unit written onto its number', 'There is a 6mm nodule.'],
  ['a short form', 'History of lobectomy w/o effusion.'],
])('quotes every heard word once, however many tokens it is read as: %s', (_, text) => {
  expect(read(text).readings.map(({ words }) => words)).toEqual([text])
})

it.each([
  ['A .5 cm nodule.', 5],
  ['A 0.5 cm nodule.', 5],
  ['A nodule of point five centimeters.', 5],
  ['A nodule of one point five centimeters.', 15],
  ['A nodule of 1.2 x .8 cm.', 12],
  ['A nodule at this point five millimeters.', 5],
])('reads a size with and without its whole number: %s', (text, mm) => {
  expect(read(text).readings.map(({ sizeMm }) => sizeMm)).toEqual([mm])
})

it.each([
  ['A nodule in the right and left upper lobes.', ['nodule present right upper', 'nodule present left upper']],
  ['A nodule in the left and right lung.', ['nodule present bilateral']],
  ['Left upper and right lower lobe nodules.', ['nodule present left upper', 'nodule present right lower']],
])('gives a lobe to both sides that are named before it: %s', (text, expected) => {
  expect(lines(text)).toEqual(expected)
})
