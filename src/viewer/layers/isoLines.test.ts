import { expect, it } from 'vitest'
import { traceIsoLines } from './isoLines.ts'

it('encloses a peak at the level, between samples', () => {
  const lines = traceIsoLines(Float32Array.from([0, 0, 0, 0, 1, 0, 0, 0, 0]), 3, 3, 0.25)
  expect(lines).toHaveLength(4 * 4)
  for (let n = 0; n < lines.length; n += 2)
    expect(Math.abs(lines[n] - 1) + Math.abs(lines[n + 1] - 1)).toBeCloseTo(0.75, 6)
})

it('runs along a ramp in a straight line and is nothing where no sample reaches the level', () => {
  const ramp = Float32Array.from({ length: 12 }, (_, at) => (at % 4) / 4)
  expect(traceIsoLines(ramp, 4, 3, 0.375)).toEqual([1.5, 0, 1.5, 1, 1.5, 1, 1.5, 2].map((x) => expect.closeTo(x, 6)))
  expect(traceIsoLines(ramp, 4, 3, 0.9)).toEqual([])
})

it('gives every kind of cell pieces whose ends are on its edges', () => {
  for (let kind = 0; kind < 16; kind++) {
    const corner = (bit: number) => ((kind >> bit) & 1 ? 1 : 0)
    const lines = traceIsoLines(Float32Array.of(corner(0), corner(1), corner(3), corner(2)), 2, 2, 0.5)
    const crossed = [0, 1, 2, 3].filter((bit) => corner(bit) !== corner((bit + 1) % 4)).length
    expect(lines.length).toBe(2 * crossed)
    for (let n = 0; n < lines.length; n += 2) expect([lines[n], lines[n + 1]].filter((x) => x === 0.5)).toHaveLength(1)
  }
})
