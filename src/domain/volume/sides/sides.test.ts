import { describe, expect, test } from 'vitest'
import { createSyntheticChest, type SyntheticChest } from '../testing/syntheticChest.ts'
import { type CoarseGrid, toCoarseGrid } from './coarseGrid.ts'
import { checkSides, findSides, mirrorCells, scoreSides } from './sides.ts'

const PATHS = ['a/1.dcm', 'a/2.dcm', 'a/3.dcm']

function toGrid(chest: SyntheticChest): CoarseGrid {
  const grid = toCoarseGrid(createSyntheticChest(chest))
  if (!grid) throw new Error('too small')
  return grid
}

const mirrorGrid = ({ size, hu }: CoarseGrid): CoarseGrid => ({ size, hu: mirrorCells(hu, size[0]) })

test('a chest whose organs lie where they should is told nothing', () => {
  expect(findSides(createSyntheticChest())).toBe('usual')
  expect(checkSides(createSyntheticChest(), PATHS)).toBeNull()
})

test('a mirrored chest is named with all its files and what to do', () => {
  const problem = checkSides(createSyntheticChest({ mirrored: true }), PATHS)
  expect(problem?.code).toBe('sides-mirrored')
  expect(problem?.message).toMatch(
    /^a\/1\.dcm and 2 more files: .* mirrored left to right, or it is a situs inversus\.$/,
  )
  expect(problem?.nextStep).toContain('Compare left and right')
  expect(problem?.files).toEqual(PATHS)
})

describe('the same rule from both sides', () => {
  const CHESTS: readonly SyntheticChest[] = [
    {},
    { turnedDeg: 12 },
    { scale: 0.6 },
    { without: ['liver'] },
    { without: ['heart', 'aorta'] },
    { leftLungHu: 12 },
  ]

  test.each(CHESTS)('the score of %o turns its sign in the mirror, to the last bit', (chest) => {
    const grid = toGrid(chest)
    const score = scoreSides(grid)
    expect(score).not.toBe(0)
    expect(scoreSides(mirrorGrid(grid))).toBe(-score)
  })

  test('noise of any kind has no favourite side', () => {
    const grid = toGrid({})
    let state = 1
    const hu = grid.hu.map((value) => {
      state = (state * 48271) % 2147483647
      return value + ((state % 400) - 200)
    })
    const noisy = { ...grid, hu }
    expect(scoreSides(noisy)).toBeGreaterThan(1.4)
    expect(scoreSides(mirrorGrid(noisy))).toBe(-scoreSides(noisy))
  })

  test('a chest that is its own mirror image scores 0', () => {
    const grid = toGrid({})
    const facing = mirrorCells(grid.hu, grid.size[0])
    const even = { ...grid, hu: grid.hu.map((value, at) => (value + facing[at]) / 2) }
    expect(scoreSides(even)).toBe(0)
  })
})

describe('both ways, as they are and mirrored', () => {
  test.each<[string, SyntheticChest]>([
    ['a child', { scale: 0.5 }],
    ['a patient turned to the left', { turnedDeg: 15 }],
    ['a patient turned to the right', { turnedDeg: -15 }],
    ['a chest whose left lung is fluid', { leftLungHu: 10 }],
    ['a chest whose heart and aorta say nothing', { without: ['heart', 'aorta'] }],
  ])('%s', (_, chest) => {
    expect(findSides(createSyntheticChest(chest))).toBe('usual')
    expect(findSides(createSyntheticChest({ ...chest, mirrored: true }))).toBe('mirrored')
  })

  test.each([
    [
      'sagittal layers',
      [
        [0, 1, 0],
        [0, 0, 1],
        [1, 0, 0],
      ],
    ],
    [
      'prone, feet first',
      [
        [-1, 0, 0],
        [0, 1, 0],
        [0, 0, -1],
      ],
    ],
    [
      'oblique layers',
      [
        [0.98, 0, 0.199],
        [0, 1, 0],
        [-0.199, 0, 0.98],
      ],
    ],
  ] as const)('%s', (_, directionLps) => {
    expect(findSides(createSyntheticChest({}, directionLps))).toBe('usual')
    expect(findSides(createSyntheticChest({ mirrored: true }, directionLps))).toBe('mirrored')
  })
})

describe('too little to see', () => {
  const chest = createSyntheticChest({ mirrored: true })
  const [columns, rows] = chest.size
  const take = (from: number, to: number) => ({
    ...chest,
    size: [columns, rows, to - from] as const,
    hu: chest.hu.slice(from * columns * rows, to * columns * rows),
  })

  test.each([
    ['no lungs', createSyntheticChest({ mirrored: true, without: ['lungs'] })],
    ['the abdomen with the bases of the lungs', take(0, 27)],
    ['the apices', take(48, 64)],
    ['one layer', take(32, 33)],
    ['a chest of 4 cm', { ...chest, spacingMm: [0.5, 0.5, 0.5] as const }],
    ['a chest of 40 m', { ...chest, spacingMm: [500, 500, 500] as const }],
    ['nothing but air', { ...chest, hu: new Int16Array(chest.hu.length).fill(-1000) }],
    ['nothing but noise', { ...chest, hu: chest.hu.map((_, n) => ((n * 7919) % 1031) - 1000) }],
    ['nothing but tissue', { ...chest, hu: new Int16Array(chest.hu.length).fill(40) }],
  ])('%s: the sides are unknown', (_, scan) => {
    expect(findSides(scan)).toBe('unknown')
  })

  test('a chest that ends at the diaphragm is told by heart and aorta', () => {
    expect(findSides(take(21, 64))).toBe('mirrored')
  })

  test('what stands in missing layers is no evidence', () => {
    const usual = createSyntheticChest()
    const missing = Array.from({ length: 24 }, (_, n) => n)
    const hu = chest.hu.slice()
    hu.set(usual.hu.subarray(0, 24 * columns * rows))
    const emptied = chest.hu.slice().fill(-1024, 0, 24 * columns * rows)
    expect(toCoarseGrid({ ...chest, hu, missing })?.hu).toEqual(toCoarseGrid({ ...chest, hu: emptied, missing })?.hu)
    expect(findSides({ ...chest, missing: [8, 26, 27, 40] })).toBe('mirrored')
  })
})
