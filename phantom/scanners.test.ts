import { describe, expect, it } from 'vitest'
import { createPhantomCase, type PhantomCase } from './phantomCase.ts'

const INNER = Array.from({ length: 200 }, (_, n) => createPhantomCase(3_000_000 + n))
const OUTER = Array.from({ length: 200 }, (_, n) => createPhantomCase(5_000_000 + n))

/** Patient mm along z and half the width along x and y that the lungs need, by the phantom's nominal anatomy. */
function leavesRoom({ scan, anatomy }: PhantomCase): boolean {
  const [width, , height] = [0, 1, 2].map((axis) => (scan.size[axis] - 1) * scan.spacingMm[axis])
  const [left, , bottom] = scan.originLpsMm
  const chest = 140 * anatomy.scale[0]
  const [low, high] = [-112 * anatomy.scale[2], 128 * anatomy.scale[2]]
  return left <= -chest && left + width >= chest && bottom <= low && bottom + height >= high
}

describe('chooseScanner', () => {
  it('gives the external population thicker slices, larger pixels and a wider view than the internal one', () => {
    for (const { scan } of INNER) expect(scan.spacingMm[2]).toBe(2.5)
    for (const { scan } of OUTER) {
      expect(scan.spacingMm[2]).toBe(5)
      expect(scan.size[0]).toBe(256)
      expect(scan.size[0] * scan.spacingMm[0]).toBeGreaterThan(379)
      expect(scan.size[0] * scan.spacingMm[0]).toBeLessThan(431)
    }
    expect(new Set(OUTER.map(({ scanner }) => scanner.edgeMm))).not.toContain(INNER[0].scanner.edgeMm)
    expect(new Set(OUTER.map(({ scanner }) => scanner.name)).size).toBe(3)
  })

  it('covers the chest on every scanner', () => {
    for (const phantom of [...INNER, ...OUTER]) expect(leavesRoom(phantom), `seed ${phantom.seed}`).toBe(true)
  })
})

describe('chooseMotion', () => {
  it('moves about one patient in ten', () => {
    const moved = [...INNER, ...OUTER].filter(({ motion }) => motion !== null).length
    expect(moved).toBeGreaterThan(20)
    expect(moved).toBeLessThan(65)
  })
})
