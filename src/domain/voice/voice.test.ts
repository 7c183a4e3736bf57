import { expect, it } from 'vitest'
import { align, Heard } from './align.ts'
import { findLater, findLed } from './leadingWord.ts'
import { parsePattern, toExample } from './pattern.ts'
import { readNumbers, withUnit } from './spokenNumbers.ts'
import { fromTranscribed, toSpokenWords } from './spokenWords.ts'
import { rankWays, type SpokenWay } from './understand.ts'

const toWords = (text: string) => toSpokenWords(text).map(({ word }) => word)

it.each([
  ['one hundred and twenty', 120],
  ['a hundred', 100],
  ['one twenty', 120],
  ['two eleven', 211],
  ['one oh five', 105],
  ['one two zero', 120],
  ['forty-five', 45],
  ['ten point five', 10.5],
  ['minus twelve', -12],
  ['1,200', 1200],
  ['87', 87],
])('reads %s as %d', (text, value) => {
  const words = toSpokenWords(text)
  expect(
    readNumbers(words, 0)
      .filter(({ end }) => end === words.length)
      .map((one) => one.value),
  ).toContain(value)
})

it('turns centimetres into the millimetres of a slot', () => {
  const words = toSpokenWords('two centimeters')
  expect(withUnit(words, readNumbers(words, 0), 'mm')).toContainEqual({ value: 20, end: 2, cost: 0 })
})

it('writes one word for what a transcriber spells or divides', () => {
  expect(toWords('M.I.P. slab, 10mm!')).toEqual(['mip', 'slab', '10', 'mm'])
  expect(toWords('3-D; three D')).toEqual(['3d', '3d'])
  expect(toWords('Um, 40%')).toEqual(['40', 'percent'])
  const timed = ['3', 'D', 'bone.'].map((text, n) => ({ text, startSeconds: n, endSeconds: n + 1, probability: 0.5 }))
  expect(fromTranscribed(timed)).toEqual([
    { word: '3d', probability: 0.5 },
    { word: 'bone', probability: 0.5 },
  ])
})

it('reads a pattern, and makes an example of it', () => {
  expect(parsePattern('(the) [scratch|delete] that {case}')).toEqual([
    { kind: 'choice', phrases: [['the']], isOptional: true },
    { kind: 'choice', phrases: [['scratch'], ['delete']], isOptional: false },
    { kind: 'word', word: 'that' },
    { kind: 'slot', name: 'case' },
  ])
  expect(toExample('<show> (the) [slice|image] (number) {slice}')).toBe('slice {slice}')
  expect(() => parsePattern('<nothing> here')).toThrow('nothing')
})

it('takes a compound for its halves, and halves for their compound', () => {
  for (const [said, pattern] of [
    ['cross hair', 'crosshair'],
    ['fullscreen', 'full screen'],
  ])
    expect(align(new Heard(toSpokenWords(said)), parsePattern(pattern), {}, 1)?.cost).toBeLessThan(0.1)
})

const way = (pattern: string): SpokenWay => ({
  commandId: pattern,
  items: parsePattern(pattern),
  pattern,
  slots: {},
  filled: {},
  isNegative: false,
  isPossible: true,
})

it('is the less sure the more words are unexplained, unlike or doubtful', () => {
  const sure = (text: string) => rankWays(toSpokenWords(text), [way('lung window')])[0]?.confidence ?? 0
  expect(sure('could you please lung window')).toBe(1)
  expect(sure('long window')).toBeGreaterThan(0.85)
  expect(sure('lung window shows nothing new')).toBeLessThan(0.5)
  const doubtful = rankWays(
    [
      { word: 'lung', probability: 0.1 },
      { word: 'window', probability: 0.1 },
    ],
    [way('lung window')],
  )
  expect(doubtful[0].confidence).toBeLessThan(0.78)
})

it('finds the leading word at the beginning, unsure where another sounds like it, and amid other words', () => {
  const led = (text: string) => findLed(toSpokenWords(text), 'viewer')
  expect(led('Viewer, lung window')).toMatchObject({ isSure: true, rest: [{ word: 'lung' }, { word: 'window' }] })
  expect(led('Hey viewer, undo')).toMatchObject({ isSure: true })
  expect(led('Fewer nodules than before')).toMatchObject({ isSure: false })
  expect(led('No effusion')).toBeNull()
  expect(findLed(toSpokenWords('viewer, undo'), '')).toBeNull()
  expect(findLater(toSpokenWords('no effusion viewer lung window'), 'viewer')).toBe(2)
})
