import { expect, test } from 'vitest'
import { measureSides } from './sidesFigures.ts'

test.each(['internal', 'external'] as const)(
  'the sides of %s test cases are seen, and seen mirrored',
  { timeout: 60_000 },
  (split) => {
    const { asTheyAre, mirrored } = measureSides(split, 0, 8)
    expect(asTheyAre).toEqual({ usual: 8, mirrored: 0, unknown: 0 })
    expect(mirrored).toEqual({ usual: 0, mirrored: 8, unknown: 0 })
  },
)
