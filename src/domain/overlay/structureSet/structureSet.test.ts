import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { scanForTest } from '../../volume/testing/openForTest.ts'
import { toFile } from '../../volume/testing/syntheticDicom.ts'
import type { Vec3 } from '../../volume/volume.ts'
import { isAlong, sliceOutline } from '../outlineSlice.ts'
import { sliceSegments } from '../overlaySlice.ts'
import { type Outline, type Segmentation, toFramesByLayer } from '../segmentation.ts'

/* Written and judged by pydicom and NumPy (fixtures/reports/write_structures.py), over the slices of write.py. */
const readFixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../../../fixtures/reports/${name}`, import.meta.url)))

const JUDGED = JSON.parse(new TextDecoder().decode(readFixture('structures.json'))) as {
  readonly places: readonly Vec3[]
  readonly inside: Readonly<Record<string, readonly (boolean | null)[]>>
}

const scan = (bytes: Uint8Array<ArrayBuffer>) => scanForTest([toFile('plan.dcm', bytes)])

async function open(): Promise<Segmentation> {
  const { segmentations } = await scan(readFixture('structures.dcm'))
  return segmentations[0]
}

const numberOf = ({ segments }: Segmentation, label: string): number =>
  segments.find((segment) => segment.label === label)?.number ?? -1

const outlineOf = (set: Segmentation, label: string): Outline => {
  const found = set.outlines.find(({ segment }) => segment === numberOf(set, label))
  if (!found) throw new Error(`no outline of ${label}`)
  return found
}

const pixelAt = (originLpsMm: Vec3) => ({
  width: 1,
  height: 1,
  originLpsMm,
  stepXLpsMm: [1, 0, 0] as const,
  stepYLpsMm: [0, 1, 0] as const,
})

const isInside = ({ parts }: Segmentation, segment: number, point: Vec3): boolean =>
  parts.some(
    (voxels) =>
      voxels.frames[0].segment === segment &&
      sliceSegments(voxels, toFramesByLayer(voxels), () => true, pixelAt(point))[0] === segment,
  )

test('a structure set has its regions in the colours it names, over its frame of reference in any study', async () => {
  const set = await open()
  expect(set).toMatchObject({ kind: 'structure set', name: 'Plan', path: 'plan.dcm' })
  expect(set.belongsTo).toEqual({ kind: 'frame', studyUid: null, frameOfReferenceUid: '1.2.826.0.1.3680043.10.1.5' })
  expect(set.segments.map(({ label, color }) => [label, color])).toEqual([
    ['Cavity', [230, 40, 40]],
    ['Keyhole', null],
    ['Knöten', [0, 255, 0]],
    ['Front', null],
    ['Isocentre', [255, 255, 0]],
    ['Single', null],
  ])
})

test('volumes are areas by thicknesses: a hole is left out, a gap is not filled', async () => {
  const set = await open()
  const mlOf = (label: string) => set.extents[numberOf(set, label) - 1].ml
  expect(mlOf('Cavity')).toBeCloseTo(((400 - 64) * 4 * 2.5) / 1000, 3)
  expect(mlOf('Keyhole')).toBeCloseTo(((16 * 12 - 8 * 6) * 4 * 2.5) / 1000, 3)
  const polygon = 0.5 * 180 * 6.1 ** 2 * Math.sin((2 * Math.PI) / 180)
  expect(mlOf('Knöten')).toBeCloseTo((polygon * 2 * 7.5) / 1000, 2)
  expect(mlOf('Front')).toBeCloseTo((256 * 3 * 3) / 1000, 3)
  expect(mlOf('Isocentre')).toBeNull()
  expect(mlOf('Single')).toBeNull()
})

it.each(Object.keys(JUDGED.inside))('the mask of %s is that of an independent reading at every place', async (name) => {
  const set = await open()
  const number = numberOf(set, name)
  const judged = JUDGED.places.map((place, n) => [place, JUDGED.inside[name][n]] as const)
  const sure = judged.filter(([, inside]) => inside !== null)
  expect(sure.filter(([, inside]) => inside).length).toBeGreaterThan(20)
  expect(sure.filter(([place, inside]) => isInside(set, number, place) !== inside)).toEqual([])
})

test('the views jump to a place inside, not into the hole', async () => {
  const set = await open()
  for (const { number, ml, pointLpsMm } of set.extents)
    if (ml !== null) expect(isInside(set, number, pointLpsMm)).toBe(true)
})

test('the largest region lies undermost, so that none hides another', async () => {
  const set = await open()
  const mls = set.parts.map(({ frames }) => set.extents[frames[0].segment - 1].ml ?? 0)
  expect(mls).toEqual([...mls].sort((a, b) => b - a))
  expect(new Set(mls).size).toBeGreaterThan(3)
})

describe('contours themselves', () => {
  const planeAt = (z: number) => ({
    width: 100,
    height: 100,
    originLpsMm: [-25, -25, z] as const,
    stepXLpsMm: [0.5, 0, 0] as const,
    stepYLpsMm: [0, 0.5, 0] as const,
  })

  test('are drawn in their planes to the hundredth of a millimetre, up to the middle between two', async () => {
    const set = await open()
    const outline = outlineOf(set, 'Cavity')
    expect(isAlong(outline, planeAt(20))).toBe(true)
    for (const z of [20, 18.76, 21.24]) {
      const { chains } = sliceOutline(outline, planeAt(z))
      const inMm = chains.map((chain) => chain.map(([x, y]) => [x * 0.5 - 25, y * 0.5 - 25]))
      const corners = [...inMm].sort((a, b) => a[0][0] - b[0][0])[0]
      expect(chains).toHaveLength(2)
      for (const [n, corner] of [
        [-10, -20],
        [10, -20],
        [10, 0],
        [-10, 0],
      ].entries())
        for (const m of [0, 1]) expect(corners[n][m]).toBeCloseTo(corner[m], 2)
    }
    expect(sliceOutline(outline, planeAt(18.7)).chains).toEqual([])
  })

  test('are not drawn across', async () => {
    const set = await open()
    const front = outlineOf(set, 'Front')
    expect(isAlong(front, planeAt(20))).toBe(false)
    const coronal = { ...planeAt(0), originLpsMm: [-25, -17, 50] as const, stepYLpsMm: [0, 0, -0.5] as const }
    expect(isAlong(front, coronal)).toBe(true)
    expect(sliceOutline(front, coronal).chains).toHaveLength(1)
  })

  test('a point is shown within 2 mm', async () => {
    const set = await open()
    const point = outlineOf(set, 'Isocentre')
    expect(sliceOutline(point, planeAt(21.9)).points).toEqual([[52, 54]])
    expect(sliceOutline(point, planeAt(22.1)).points).toEqual([])
  })
})

test('regions that cannot be drawn are told, each with its reason', async () => {
  const { problems } = await scan(readFixture('structures.dcm'))
  const told = problems.find(({ code }) => code === 'rtstruct-regions-left-out')?.message
  expect(told).toContain('Unused: no contours')
  expect(told).toContain('Warped: its contours do not lie in parallel planes')
  expect(told).toContain('Odd: a contour whose points are no numbers, or not three to a point')
})

test.each([200, 600, 1500, 3000])('cut after %i bytes nothing is thrown, and something is told', async (length) => {
  const { segmentations, problems } = await scan(readFixture('structures.dcm').slice(0, length))
  expect(problems.length).toBeGreaterThan(0)
  for (const { extents } of segmentations) for (const { ml } of extents) expect(ml ?? 0).toBeGreaterThanOrEqual(0)
})
