import { describe, expect, test } from 'vitest'
import type { DicomElements, Encapsulated } from '../testing/dicomBytes.ts'
import { SYNTAX, toEncapsulated, toOffsets } from '../testing/encapsulate.ts'
import { encodeRle } from '../testing/encodeRle.ts'
import { openForTest } from '../testing/openForTest.ts'
import { toFile, writeSyntheticSlice } from '../testing/syntheticDicom.ts'
import { decodeRle } from './codestream/rle.ts'
import { readEncapsulatedFrame } from './encapsulatedFrame.ts'
import { openWhole } from './openDataSet.ts'
import type { SliceHeader } from './sliceHeader.ts'

/** Frames of −1000, −900, −800 and −700 HU; the last two bytes differ, so that each has its own length. */
const FRAMES = [0, 1, 2, 3].map((n) =>
  encodeRle(Uint16Array.from({ length: 12 }, (_, pixel) => (pixel < 12 - 3 * n ? 24 + 100 * n : pixel))),
)
const OFFSETS = toOffsets(FRAMES)

const toPosition = (n: number): DicomElements => ({ '00209113': ['SQ', [{ '00200032': ['DS', `0\\0\\${3 * n}`] }]] })

/** An enhanced file of four frames. */
function toEnhanced(pixels: Encapsulated, elements: DicomElements = {}): File {
  const bytes = writeSyntheticSlice({
    transferSyntaxUid: SYNTAX.rle,
    elements: {
      '00280008': ['IS', '4'],
      '00200032': null,
      '52009230': ['SQ', [0, 1, 2, 3].map(toPosition)],
      ...elements,
      '7fe00010': ['OB', pixels],
    },
  })
  return toFile('enhanced.dcm', bytes)
}

/** Layers that are missing; throws where the file does not open. */
async function findMissing(pixels: Encapsulated, elements: DicomElements = {}): Promise<readonly number[]> {
  const opened = await openForTest([toEnhanced(pixels, elements)], 0, async ({ bytes, format }) =>
    decodeRle(bytes, format),
  )
  if (!opened.ok) throw new Error(opened.problem.message)
  return opened.value.volume.missing
}

/** A value of 64-bit numbers. */
const toWide = (numbers: readonly number[]) => new Uint8Array(BigUint64Array.from(numbers, BigInt).buffer)

async function openPixels(pixels: Encapsulated) {
  const opened = await openForTest([toEnhanced(pixels)], 0, async ({ bytes, format }) => decodeRle(bytes, format))
  return opened.ok
    ? { first: [0, 1, 2, 3].map((n) => opened.value.volume.hu[12 * n]), problem: '' }
    : { first: [], problem: opened.problem.message }
}

const IN_ORDER = [-1000, -900, -800, -700]

describe('frames of one file', () => {
  test.each([
    ['a table of their offsets', OFFSETS],
    ['an empty table', []],
    ['a table whose entries changed places', [OFFSETS[0], OFFSETS[2], OFFSETS[1], OFFSETS[3]]],
    ['a table that counts from its own beginning', OFFSETS.map((offset) => offset + 8)],
    ['a table of too few', OFFSETS.slice(0, 3)],
  ])('with %s lie each at its own place', async (_, offsets) => {
    expect((await openPixels(toEncapsulated(FRAMES, offsets))).first).toEqual(IN_ORDER)
  })

  test('in two fragments each are put together by the table, and refused without one', async () => {
    const halves = FRAMES.flatMap((frame) => [frame.slice(0, 32), frame.slice(32)])
    const offsets = toOffsets(halves).filter((_, n) => n % 2 === 0)
    expect((await openPixels(toEncapsulated(halves, offsets))).first).toEqual(IN_ORDER)
    const swapped = [offsets[0], offsets[2], offsets[1], offsets[3]]
    expect((await openPixels(toEncapsulated(halves, swapped))).problem).toContain('it holds')
  })

  test('that changed places or stand twice under a table of the right ones are missing', async () => {
    const lengths = FRAMES.map(({ length }) => length)
    expect(new Set(lengths).size).toBe(4)
    const swapped = [FRAMES[0], FRAMES[2], FRAMES[1], FRAMES[3]]
    const twice = [FRAMES[0], FRAMES[2], FRAMES[2], FRAMES[3]]
    for (const [frames, missing] of [
      [swapped, [1, 2]],
      [twice, [1, 2, 3]],
    ] as const) {
      expect(await findMissing(toEncapsulated(frames, OFFSETS))).toEqual(missing)
      expect((await openPixels(toEncapsulated(frames, OFFSETS))).first[0]).toBe(-1000)
    }
  })

  test('are held against an extended table of offsets, and against its lengths', async () => {
    const tables = {
      '7fe00001': ['OV', toWide(OFFSETS)],
      '7fe00002': ['OV', toWide(FRAMES.map(({ length }) => length))],
    } as const
    const swapped = toEncapsulated([FRAMES[0], FRAMES[2], FRAMES[1], FRAMES[3]])
    const twice = toEncapsulated([FRAMES[0], FRAMES[2], FRAMES[2], FRAMES[3]])
    expect(await findMissing(toEncapsulated(FRAMES), tables)).toEqual([])
    expect(await findMissing(swapped, tables)).toEqual([1, 2])
    expect(await findMissing(swapped, { '7fe00001': tables['7fe00001'] })).toEqual([1, 2])
    expect(await findMissing(swapped, { '7fe00002': tables['7fe00002'] })).toEqual([1, 2])
    expect(await findMissing(twice, { '7fe00002': tables['7fe00002'] })).toEqual([1])
    expect(await findMissing(swapped)).toEqual([])
  })

  test('of an odd number of bytes are longer than the extended table says by the byte that pads them', async () => {
    const toLengths = (less: number): DicomElements => ({
      '7fe00002': ['OV', toWide(FRAMES.map(({ length }) => length - less))],
    })
    expect(FRAMES.every(({ length }) => length % 2 === 0)).toBe(true)
    expect(await findMissing(toEncapsulated(FRAMES), toLengths(1))).toEqual([])
    await expect(findMissing(toEncapsulated(FRAMES), toLengths(2))).rejects.toThrow()
  })

  test('in several fragments that changed places are none, though each of them ends as a JPEG does', async () => {
    const toHalves = (n: number) => [new Uint8Array(8 + 2 * n), Uint8Array.of(n, n, 0xff, 0xd9)]
    const inOrder = [0, 1, 2, 3].map(toHalves)
    const offsets = toOffsets(inOrder.flat()).filter((_, n) => n % 2 === 0)
    const read = async (frames: readonly Uint8Array[][], frameIndex: number) => {
      const { dataSet } = await openWhole(toEnhanced(toEncapsulated(frames.flat(), offsets)))
      return readEncapsulatedFrame(dataSet, { frameCount: 4, frameIndex } as SliceHeader).at(-3)
    }
    const swapped = [inOrder[0], inOrder[2], inOrder[1], inOrder[3]]
    expect(await read(inOrder, 2)).toBe(2)
    expect(await read(swapped, 3)).toBe(3)
    await expect(read(swapped, 1)).rejects.toThrow('elsewhere')
    await expect(read(swapped, 2)).rejects.toThrow('elsewhere')
  })

  test('that are fewer than the header says are refused', async () => {
    expect((await openPixels(toEncapsulated(FRAMES.slice(0, 3)))).problem).toContain('it holds 3 of 4 frames')
  })
})
