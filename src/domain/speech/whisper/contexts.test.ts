import { expect, it } from 'vitest'
import { type ContextRule, cutAtPauses, toContextSamples, toMostTokens } from './contexts.ts'

const RATE = 16000
const RULE: ContextRule = {
  contextsSeconds: [5, 10, 30],
  mostSpeech: 0.7,
  cutSearchSeconds: 8,
  tokensASecond: 6,
  spareTokens: 20,
}
const seconds = (samples: number) => samples / RATE

it('takes the shortest context that speech fills to 70 %, the longest for whatever is longer', () => {
  expect([0.1, 3.5, 3.6, 7, 7.1, 21, 40].map((s) => seconds(toContextSamples(s * RATE, RATE, RULE)))).toEqual([
    5, 5, 10, 10, 30, 30, 30,
  ])
})

it('leaves what fits whole, and nothing of nothing', () => {
  expect(cutAtPauses(new Float32Array(21 * RATE), RATE, RULE)).toEqual([{ start: 0, end: 21 * RATE }])
  expect(cutAtPauses(new Float32Array(0), RATE, RULE)).toEqual([])
})

it('cuts longer audio end to end in its pauses', () => {
  const audio = new Float32Array(60 * RATE).fill(0.1)
  for (const at of [17, 33.5]) audio.fill(0, at * RATE, (at + 0.3) * RATE)
  const pieces = cutAtPauses(audio, RATE, RULE)
  expect(pieces.map(({ start }) => start)).toEqual([0, ...pieces.slice(0, -1).map(({ end }) => end)])
  expect(seconds(pieces[0].end)).toBeGreaterThanOrEqual(17.1)
  expect(seconds(pieces[0].end)).toBeLessThanOrEqual(17.2)
  expect(seconds(pieces[1].end)).toBeGreaterThanOrEqual(33.6)
  expect(seconds(pieces[1].end)).toBeLessThanOrEqual(33.7)
  for (const { start, end } of pieces) expect(seconds(end - start)).toBeLessThanOrEqual(21)
  expect(pieces.at(-1)?.end).toBe(audio.length)
})

it('ends with a rule whose search is longer than its pieces', () => {
  const rule = { ...RULE, contextsSeconds: [1], cutSearchSeconds: 50 }
  const pieces = cutAtPauses(new Float32Array(5 * RATE), RATE, rule)
  expect(pieces.at(-1)?.end).toBe(5 * RATE)
  for (const { start, end } of pieces) expect(end).toBeGreaterThan(start)
})

it('allows so many tokens a second and some to spare', () => {
  expect(toMostTokens(10.5 * RATE, RATE, RULE)).toBe(83)
})
