import { expect, it } from 'vitest'
import { alignTokens, type TokenAttention } from './alignTokens.ts'

/** Attention of two heads that look at [from, to) of 100 frames for each token, with a little everywhere. */
function attentionOf(spans: readonly (readonly [number, number])[]): TokenAttention {
  const [heads, frames] = [2, 100]
  const data = new Float32Array(spans.length * heads * frames)
  for (const [token, [from, to]] of spans.entries())
    for (let head = 0; head < heads; head++)
      for (let frame = 0; frame < frames; frame++)
        data[(token * heads + head) * frames + frame] =
          frame >= from && frame < to ? 1 / (to - from) : 0.001 * (head + 1)
  return { data, tokens: spans.length, heads, frames }
}

it('begins each token where the heads begin to look at it', () => {
  const starts = alignTokens(
    attentionOf([
      [0, 20],
      [20, 50],
      [50, 60],
      [60, 90],
    ]),
    90,
  )
  for (const [n, expected] of [0, 20, 50, 60].entries()) expect(Math.abs(starts[n] - expected)).toBeLessThanOrEqual(2)
})

it('never lets a later token begin earlier, whatever the heads look at', () => {
  const starts = alignTokens(
    attentionOf([
      [40, 60],
      [0, 20],
      [70, 90],
      [20, 40],
    ]),
    100,
  )
  expect(starts).toEqual([...starts].sort((a, b) => a - b))
})

it('looks at no frame behind the speech', () => {
  const starts = alignTokens(
    attentionOf([
      [0, 10],
      [80, 100],
    ]),
    30,
  )
  expect(starts[1]).toBeLessThan(30)
  expect(alignTokens(attentionOf([[0, 10]]), 0)).toEqual([])
  expect(alignTokens({ data: new Float32Array(0), tokens: 0, heads: 2, frames: 10 }, 10)).toEqual([])
})
