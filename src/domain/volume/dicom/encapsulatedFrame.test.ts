import { describe, expect, test } from 'vitest'
import type { DicomElements, Encapsulated } from '../testing/dicomBytes.ts'
import { SYNTAX, toEncapsulated, toOffsets } from '../testing/encapsulate.ts'
import { encodeRle } from '../testing/encodeRle.ts'
import { openForTest } from '../testing/openForTest.ts'
import { toFile, writeSyntheticSlice } from '../testing/syntheticDicom.ts'
import { decodeRle } from './codestream/rle.ts'

/** Frames of −1000, −900, −800 and −700 HU; the last two bytes differ, so that each has its own length. */
const FRAMES = [0, 1, 2, 3].map((n) =>
  encodeRle(Uint16Array.from({ length: 12 }, (_, pixel) => (pixel < 12 - 3 * n ? 24 + 100 * n : pixel))),
)
const OFFSETS = toOffsets(FRAMES)

const toPosition = (n: number): DicomElements => ({ '00209113': ['SQ', [{ '00200032': ['DS', `0\\0\\${3 * n}`] }]] })

/** An enhanced file of four frames. */
function toEnhanced(pixels: Encapsulated): File {
  const bytes = writeSyntheticSlice({
    transferSyntaxUid: SYNTAX.rle,
    elements: {
      '00280008': ['IS', '4'],
      '00200032': null,
      '52009230': ['SQ', [0, 1, 2, 3].map(toPosition)],
      '7fe00010': ['OB', pixels],
    },
  })
  return toFile('enhanced.dcm', bytes)
}

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
      const opened = await openForTest([toEnhanced(toEncapsulated(frames, OFFSETS))], 0, async ({ bytes, format }) =>
        decodeRle(bytes, format),
      )
      if (!opened.ok) throw new Error(opened.problem.message)
      expect(opened.value.volume.missing).toEqual(missing)
      expect(opened.value.volume.hu[0]).toBe(-1000)
    }
  })

  test('that are fewer than the header says are refused', async () => {
    expect((await openPixels(toEncapsulated(FRAMES.slice(0, 3)))).problem).toContain('it holds 3 of 4 frames')
  })
})
