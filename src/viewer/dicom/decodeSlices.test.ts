import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { decodeImageFrame } from '../../../node_modules/@cornerstonejs/dicom-image-loader/dist/esm/decodeImageFrameWorker.js'
import type { DecodeFrame } from '../../domain/volume/dicom/decodeFrame.ts'
import { openHeader } from '../../domain/volume/dicom/openDataSet.ts'
import { parseHeader } from '../../domain/volume/dicom/parseSliceHeaders.ts'
import { readFrameHu } from '../../domain/volume/dicom/readFrame.ts'
import { lacksRealData, readRealFiles } from '../../domain/volume/testing/realData.ts'
import { toImageFrame, WITHOUT_RESCALE } from './decodeSlices.ts'

const FOLDER = 'dicom-odd/cornerstone-transfer-syntaxes'
const CODEC_ROOT = fileURLToPath(new URL('../../../node_modules/@cornerstonejs/', import.meta.url))

let wasmFolder = ''

/** In the browser the bundler places the codecs; Node finds them in one folder. */
beforeAll(() => {
  wasmFolder = mkdtempSync(join(tmpdir(), 'voxct-codecs-'))
  for (const codec of readdirSync(CODEC_ROOT).filter((name) => name.startsWith('codec-'))) {
    const dist = join(CODEC_ROOT, codec, 'dist')
    for (const name of readdirSync(dist))
      if (name.endsWith('.wasm')) copyFileSync(join(dist, name), join(wasmFolder, name))
  }
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
})

afterAll(() => rmSync(wasmFolder, { recursive: true }))

/** The same codecs and options as in the browser, called in this thread instead of Cornerstone's workers. */
const decodeHere: DecodeFrame = async ({ bytes, transferSyntaxUid, format }) => {
  const config = { wasmBasePath: wasmFolder }
  const frame = await decodeImageFrame(
    toImageFrame(format),
    transferSyntaxUid,
    bytes,
    config,
    WITHOUT_RESCALE,
    undefined,
  )
  return frame.pixelData
}

async function readHu(file: File): Promise<Int16Array> {
  const slice = parseHeader(await openHeader(file), file.name)
  const hu = new Int16Array((slice.format?.rows ?? 0) * (slice.format?.columns ?? 0))
  await readFrameHu(file, slice, decodeHere, hu)
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

  // Mean absolute difference in HU. The 12-bit files were written with slope 2 and an own intercept, the 8-bit one with
  // slope 32, and padding was pressed to their ends: hence the wide limits, which still tell a wrong scale or sign.
  test.each([
    ['JPEG2000TransferSyntax', 1],
    ['JPEGLSLossy', 1],
    ['JPEGProcess2_4', 35],
    ['JPEGProcess6_8', 35],
    ['JPEGProcess10_12', 35],
    ['JPEGProcess1Transfer', 35],
  ] as const)('%s stays within %i HU on average', async (name, limit) => {
    const difference = meanDifference(await readNamed(name), await readNamed('LittleEndianImplicit'))
    expect(difference).toBeGreaterThan(0)
    expect(difference).toBeLessThan(limit)
  })

  test('a frame in several fragments without an offset table is put together', async () => {
    const hu = await readNamed('fragmented_no_bot')
    expect(hu.length).toBe(512 * 512)
    expect(Math.max(...hu.subarray(0, 1000))).toBeLessThan(2000)
    expect(new Set(hu.subarray(512 * 256, 512 * 257)).size).toBeGreaterThan(100)
  })
})

test('a transfer syntax without a codec rejects', async () => {
  const format = {
    rows: 1,
    columns: 1,
    bitsAllocated: 16,
    bitsStored: 16,
    highBit: 15,
    signed: false,
    samplesPerPixel: 1,
    photometricInterpretation: 'MONOCHROME2',
    planarConfiguration: 0,
    slope: 1,
    intercept: 0,
    hasRescale: true,
    paddingRange: null,
  }
  const video = { bytes: new Uint8Array(2), transferSyntaxUid: '1.2.840.10008.1.2.4.100', format }
  await expect(decodeHere(video)).rejects.toThrow('1.2.840.10008.1.2.4.100')
})
