import { expect, it } from 'vitest'
import { toGrid } from '../geometry/grid.ts'
import { measureBodyShare } from './bodyShare.ts'
import { heatPeakLpsMm } from './heat.ts'

const steps = (mm: number) =>
  [
    [mm, 0, 0],
    [0, mm, 0],
    [0, 0, mm],
  ] as const

/** Two tokens of 40 mm along x, their centres at x = 0 and 40. */
const TOKENS = toGrid({ originLpsMm: [0, 0, 0], stepsLpsMm: steps(40) }, [2, 1, 1])

/** Cells of 10 mm from x = −15 on, of which the patient has those from `from` to `to`. */
const bodyFrom = (from: number, to: number) => ({
  size: [8, 4, 4] as const,
  inside: Uint8Array.from({ length: 128 }, (_, n) => Number(n % 8 >= from && n % 8 < to)),
  originLpsMm: [-15, -15, -15] as const,
  stepsLpsMm: steps(10),
})

it('a token has as much of the patient as cells of the mask lie in it', () => {
  expect([...measureBodyShare(TOKENS, bodyFrom(3, 8))!.shares]).toEqual([0.25, 1])
  expect(measureBodyShare(TOKENS, bodyFrom(0, 0))).toBeNull()
})

it('its point is the centre, or the nearest point of the patient where the centre lies in air', () => {
  const within = measureBodyShare(TOKENS, bodyFrom(3, 8))!
  expect(within.toPointLpsMm(1)).toEqual([40, 0, 0])
  const [x, y, z] = within.toPointLpsMm(0)
  expect([x, Math.abs(y), Math.abs(z)]).toEqual([15, 5, 5])
})

it('the peak of heat is a place in the patient, however hot the air beside is', () => {
  const placement = { originLpsMm: [0, 0, 0], stepsLpsMm: [...steps(40)].reverse() as never } as const
  const peak = (values: readonly number[], body: ReturnType<typeof bodyFrom> | null) =>
    heatPeakLpsMm(Float32Array.from(values), [1, 1, 2], placement, body)
  expect(peak([1, 0.3], null)).toEqual([0, 0, 0])
  expect(peak([1, 0.3], bodyFrom(3, 8))).toEqual([40, 0, 0])
  expect(peak([1, 0.3], bodyFrom(4, 8))).toEqual([40, 0, 0])
  // All against: the one that is least so.
  expect(peak([-1, -0.3], bodyFrom(0, 4))).toEqual([0, 0, 0])
})
