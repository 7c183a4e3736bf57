import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { toPatientPoint } from '../geometry/grid.ts'
import { scanForTest } from '../volume/testing/openForTest.ts'
import { toFile } from '../volume/testing/syntheticDicom.ts'
import { fromCieLab } from './cieLab.ts'
import { paintSegments, sliceSegments } from './overlaySlice.ts'
import { type Segmentation, toFramesByLayer } from './segmentation.ts'

/*
 * Written by highdicom (fixtures/reports/write.py) over slices of 64 × 64 pixels of 0.7 × 0.8 mm, 2.5 mm apart from (−20.3, −31.7, 12.5):
 * segment 1 in slices 3…5, rows 10…19, columns 12…29; segment 2 in slices 5…7, rows 40…43, columns 40…49.
 */
const readFixture = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(new URL(`../../../fixtures/reports/${name}.dcm`, import.meta.url)))

async function openSegmentation(name: string): Promise<Segmentation> {
  const { segmentations, problems } = await scanForTest([toFile(`${name}.dcm`, readFixture(name))])
  expect(problems).toEqual([])
  return segmentations[0]
}

/** Corner pixels of a box in LPS mm: the middle of the voxel at an index. */
const pointAt = (i: number, j: number, k: number) => [-20.3 + 0.7 * i, -31.7 + 0.8 * j, 12.5 + 2.5 * k] as const

const ALL = () => true

describe.each([
  ['binary', [1, 2]],
  ['fractional', [1]],
  ['labelmap', [1, 2]],
] as const)('a %s segmentation', (name, numbers) => {
  test('has its segments where the frames say, with their volumes', async () => {
    const segmentation = await openSegmentation(name)
    const { extents } = segmentation
    expect(extents.map(({ number }) => number)).toEqual(numbers)
    expect(extents[0].ml).toBeCloseTo((3 * 10 * 18 * 0.7 * 0.8 * 2.5) / 1000, 9)
    if (extents[1]) expect(extents[1].ml).toBeCloseTo((3 * 4 * 10 * 0.7 * 0.8 * 2.5) / 1000, 9)
    const layers = toFramesByLayer(segmentation.parts[0])
    const segmentsAt = (...[i, j, k]: readonly [number, number, number]) =>
      sliceSegments(segmentation.parts[0], layers, ALL, {
        width: 1,
        height: 1,
        originLpsMm: pointAt(i, j, k),
        stepXLpsMm: [1, 0, 0],
        stepYLpsMm: [0, 1, 0],
      })[0]
    for (const [i, j, k] of [
      [12, 10, 3],
      [29, 19, 5],
      [29.49, 19.49, 5.49],
      [11.51, 9.51, 2.51],
    ] as const)
      expect(segmentsAt(i, j, k)).toBe(1)
    for (const [i, j, k] of [
      [11.49, 10, 3],
      [29.51, 19, 5],
      [20, 19.51, 4],
      [20, 15, 2.49],
      [20, 15, 5.51],
    ] as const)
      expect(segmentsAt(i, j, k)).toBe(0)
  })

  test('its labels are read as they are written', async () => {
    const { segments } = await openSegmentation(name)
    expect(segments.filter(({ number }) => number > 0).map(({ label }) => label)).toEqual(
      ['Nodule', 'Knöten'].slice(0, numbers.length),
    )
  })
})

test('in a coronal plane of other spacing every pixel is that of the voxel it lies in', async () => {
  const segmentation = await openSegmentation('binary')
  const raster = {
    width: 90,
    height: 90,
    originLpsMm: [-20, -31.7 + 0.8 * 15, 45] as const,
    stepXLpsMm: [0.5, 0, 0] as const,
    stepYLpsMm: [0, 0, -0.4] as const,
  }
  const labels = sliceSegments(segmentation.parts[0], toFramesByLayer(segmentation.parts[0]), ALL, raster)
  labels.forEach((label, at) => {
    const x = (-20 + 0.5 * (at % 90) + 20.3) / 0.7
    const z = (45 - 0.4 * Math.floor(at / 90) - 12.5) / 2.5
    const isIn = x > 11.5 && x < 29.5 && z > 2.5 && z < 5.5
    expect(label).toBe(isIn ? 1 : 0)
  })
})

test('a place of a segment lies in it', async () => {
  const segmentation = await openSegmentation('labelmap')
  const layers = toFramesByLayer(segmentation.parts[0])
  for (const { number, pointLpsMm } of segmentation.extents) {
    const raster = {
      width: 1,
      height: 1,
      originLpsMm: pointLpsMm,
      stepXLpsMm: [1, 0, 0],
      stepYLpsMm: [0, 1, 0],
    } as const
    expect(sliceSegments(segmentation.parts[0], layers, ALL, raster)[0]).toBe(number)
  }
  expect(toPatientPoint(segmentation.parts[0].grid, [0, 0, 0])[0]).toBeCloseTo(-20.3, 9)
})

test('fill has the opacity, the border is whole, and what is hidden is not painted', () => {
  const labels = Uint16Array.from({ length: 25 }, (_, at) => ([6, 7, 8, 11, 12, 13, 16, 17, 18].includes(at) ? 3 : 0))
  const rgba = new Uint8ClampedArray(100)
  paintSegments(labels, 5, () => [10, 20, 30], 0.4, rgba)
  expect([...rgba.slice(48, 52)]).toEqual([10, 20, 30, 102])
  expect([...rgba.slice(24, 28)]).toEqual([10, 20, 30, 255])
  expect([...rgba.slice(0, 4)]).toEqual([0, 0, 0, 0])
})

test('CIELab is drawn as the colour it names: white, black, and the red of sRGB', () => {
  const toStored = (l: number, a: number, b: number) =>
    [(l / 100) * 65535, ((a + 128) / 255) * 65535, ((b + 128) / 255) * 65535].map(Math.round) as [
      number,
      number,
      number,
    ]
  expect(fromCieLab(toStored(100, 0, 0))).toEqual([255, 255, 255])
  expect(fromCieLab(toStored(0, 0, 0))).toEqual([0, 0, 0])
  const red = fromCieLab(toStored(54.29, 80.81, 69.89))
  for (const [n, value] of [255, 0, 0].entries()) expect(Math.abs(red[n] - value)).toBeLessThanOrEqual(2)
})

describe('bytes that are not what the header says', () => {
  test.each([100, 1000, 4000, 9000])('cut after %i bytes it is told, and nothing is thrown', async (length) => {
    const { segmentations, problems } = await scanForTest([toFile('cut.dcm', readFixture('binary').slice(0, length))])
    expect(segmentations).toEqual([])
    expect(problems).toHaveLength(1)
  })

  test('more frames than there are places are told', async () => {
    const bytes = readFixture('binary')
    // Number of Frames (0028,0008) IS "6 " → "9 ".
    const at = bytes.findIndex((_, n) => [0x28, 0, 8, 0, 0x49, 0x53, 2, 0].every((byte, m) => bytes[n + m] === byte))
    bytes[at + 8] = 0x39
    const { problems } = await scanForTest([toFile('more.dcm', bytes)])
    expect(problems[0].message).toMatch(/cut off|too few frames/)
  })
})
