import { expect, it } from 'vitest'
import { combineDirections } from './combineDirections.ts'
import { addPart, asksFor, changePart, removePart, toParts, toQuery } from './query.ts'

const SCAN = { kind: 'ct' } as const
const EFFUSION = { kind: 'finding', findingId: 'pleural_effusion' } as const

it('is plain while it has one part that is wanted, and by the scan where it has none', () => {
  const query = addPart(SCAN, EFFUSION, true)
  expect(query).toEqual({
    kind: 'combined',
    parts: [
      { source: SCAN, weight: 1, isWithout: false },
      { source: EFFUSION, weight: 1, isWithout: true },
    ],
  })
  expect(removePart(query, 1)).toEqual(SCAN)
  expect(removePart(query, 0)).toMatchObject({ kind: 'combined', parts: [{ isWithout: true }] })
  expect(removePart(removePart(query, 0), 0)).toEqual(SCAN)
  expect(toQuery([])).toEqual(SCAN)
})

it('replaces a part of the same source where it stands and keeps its weight', () => {
  const weighed = changePart(addPart(SCAN, EFFUSION), 1, { weight: 2 })
  expect(toParts(addPart(weighed, { ...EFFUSION }, true))).toEqual([
    { source: SCAN, weight: 1, isWithout: false },
    { source: EFFUSION, weight: 2, isWithout: true },
  ])
  expect(toParts(addPart(SCAN, { kind: 'place', pointLpsMm: [1, 2, 3] }))).toHaveLength(2)
})

it('asks for what is wanted, not for what is to be absent', () => {
  const isFinding = ({ kind }: { readonly kind: string }) => kind === 'finding'
  expect(asksFor(addPart(SCAN, EFFUSION), isFinding)).toBe(true)
  expect(asksFor(addPart(SCAN, EFFUSION, true), isFinding)).toBe(false)
})

it('orders cases as the weighted sum of cosines does, and gives nothing where parts cancel', () => {
  const [x, y] = [Float32Array.of(1, 0), Float32Array.of(0, 1)]
  const both = combineDirections([
    { direction: x, weight: 3 },
    { direction: y, weight: -4 },
  ])
  expect([...(both ?? [])]).toEqual([Math.fround(0.6), Math.fround(-0.8)])
  expect(
    combineDirections([
      { direction: x, weight: 1 },
      { direction: x, weight: -1 },
    ]),
  ).toBeNull()
  expect(combineDirections([])).toBeNull()
})
