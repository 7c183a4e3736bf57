import { describe, expect, test } from 'vitest'
import { openHeader } from '../../domain/volume/dicom/openDataSet.ts'
import { parseHeader } from '../../domain/volume/dicom/parseSliceHeaders.ts'
import { readFrameHu } from '../../domain/volume/dicom/readFrame.ts'
import { lacksRealData, readRealFiles } from '../../domain/volume/testing/realData.ts'
import { decodeInNode } from './testing/nodeDecoder.ts'

const FOLDER = 'dicom-odd/cornerstone-transfer-syntaxes'

async function readHu(file: File): Promise<Int16Array> {
  const slice = parseHeader(await openHeader(file), file.name)
  const hu = new Int16Array((slice.format?.rows ?? 0) * (slice.format?.columns ?? 0))
  await readFrameHu(file, slice, decodeInNode, hu)
  return hu
}

const readNamed = (part: string) => readHu(readRealFiles(FOLDER).find((file) => file.name.includes(part)) as File)

function meanDifference(a: Int16Array, b: Int16Array): number {
  expect(a.length).toBe(b.length)
  return a.reduce((sum, value, n) => sum + Math.abs(value - b[n]), 0) / a.length
}

describe.skipIf(lacksRealData(FOLDER))('one CT slice in 15 transfer syntaxes', () => {
  test.each([
    'LittleEndianExplicit',
    'BigEndianExplicit',
    'Deflated',
    'RLELossless',
    'JPEGProcess14Transfer',
    'JPEGProcess14SV1',
    'JPEGLSLossless',
    'JPEG2000LosslessOnly',
  ])('%s gives every HU of the uncompressed slice', async (name) => {
    expect(meanDifference(await readNamed(name), await readNamed('LittleEndianImplicit'))).toBe(0)
  })

  test.each([
    ['JPEG2000TransferSyntax', 1],
    ['JPEGLSLossy', 1],
  ] as const)('%s stays within %i HU on average', async (name, limit) => {
    const difference = meanDifference(await readNamed(name), await readNamed('LittleEndianImplicit'))
    expect(difference).toBeGreaterThan(0)
    expect(difference).toBeLessThan(limit)
  })

  // The lossy JPEG files were written with steps of 2 HU (12 bits) and of 32 HU (8 bits), cut down to the step below:
  // half a step is their own loss.
  test.each([
    ['JPEGProcess2_4', 2],
    ['JPEGProcess6_8', 2],
    ['JPEGProcess10_12', 2],
    ['JPEGProcess1Transfer', 32],
  ] as const)(
    '%s is nowhere shifted: tissue lies half of its step of %i HU lower, as it was written',
    async (name, stepHu) => {
      const plain = await readNamed('LittleEndianImplicit')
      const lossy = await readNamed(name)
      const tissue = Array.from(plain.keys()).filter((n) => plain[n] > -900 && plain[n] < 1000)
      expect(tissue.length).toBeGreaterThan(50_000)
      const shift = tissue.reduce((sum, n) => sum + lossy[n] - plain[n], 0) / tissue.length
      expect(Math.abs(shift + stepHu / 2)).toBeLessThan(stepHu / 4)
    },
  )

  test('the three processes of 12 bits hold one picture, and give it pixel by pixel', async () => {
    const sequential = await readNamed('JPEGProcess2_4')
    expect(meanDifference(await readNamed('JPEGProcess6_8'), sequential)).toBe(0)
    expect(meanDifference(await readNamed('JPEGProcess10_12'), sequential)).toBe(0)
  })

  test('a frame in several fragments without an offset table is put together', async () => {
    const hu = await readNamed('fragmented_no_bot')
    expect(hu.length).toBe(512 * 512)
    expect(Math.max(...hu.subarray(0, 1000))).toBeLessThan(2000)
    expect(new Set(hu.subarray(512 * 256, 512 * 257)).size).toBeGreaterThan(100)
  })
})
