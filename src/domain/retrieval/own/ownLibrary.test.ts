import { unzlibSync } from 'fflate'
import { expect, it } from 'vitest'
import type { Volume } from '../../volume/volume.ts'
import { neutralTitle, type OwnCase, toListedCase } from './ownCase.ts'
import { readLibraryFile, toLibraryFile } from './ownLibraryFile.ts'
import { toThumbnail } from './thumbnail.ts'
import { toPngUrl } from './toPngUrl.ts'

const HERE = { packId: 'mini', packTitle: 'Mini', encoder: 'abc' }

const ownCaseOf = (part: Partial<OwnCase> = {}): OwnCase => ({
  id: 'case-1',
  library: 'Fibrosis',
  of: HERE,
  studyId: 'study-1',
  patient: 'p',
  title: 'Case 1',
  where: 'shelf 3',
  sex: 'female',
  ageYears: 65,
  present: [{ id: 'own-honeycombing-1a2b', label: 'Honeycombing' }],
  absent: [],
  embedding: Float32Array.of(0.6, 0.8),
  thumbnail: { width: 2, height: 1, grey: Uint8Array.of(0, 255) },
  seed: null,
  createdAtMs: 5,
  ...part,
})

/** A volume of 4 × 2 × 3 voxels along the given axes, whose HU are air but for one voxel. */
const volumeWith = (directionLps: Volume['directionLps'], size: Volume['size'], bright: number): Volume => ({
  id: 'v',
  hu: new Int16Array(24).fill(-1350).fill(150, bright, bright + 1),
  missing: [],
  size,
  spacingMm: [1, 1, 1],
  originLpsMm: [0, 0, 0],
  directionLps,
})

it('the small picture is the middle axial slice, left of the patient at the right, whatever the axes of the grid', () => {
  const axial = toThumbnail(
    volumeWith(
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      [4, 2, 3],
      // i = 3, j = 0, k = 1: left, front.
      3 + 4 * (0 + 2 * 1),
    ),
  )
  expect([axial.width, axial.height]).toEqual([96, 48])
  expect([axial.grey[95], axial.grey[0], axial.grey[47 * 96 + 95]]).toEqual([255, 0, 0])
  const turned = toThumbnail(
    volumeWith(
      [
        [0, 0, -1],
        [-1, 0, 0],
        [0, 1, 0],
      ],
      [3, 4, 2],
      // i = 1: the middle, j = 0: the patient's left, k = 0: front.
      1 + 3 * (0 + 4 * 0),
    ),
  )
  expect([turned.width, turned.height]).toEqual([96, 48])
  expect([turned.grey[95], turned.grey[0], turned.grey[47 * 96 + 95]]).toEqual([255, 0, 0])
})

it('of a scan in which a place was marked it is the slice through that place, or the one nearest to it', () => {
  const volume = volumeWith(
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
    [4, 2, 3],
    // The topmost of three slices.
    3 + 4 * (0 + 2 * 2),
  )
  const corner = (markedLpsMm: readonly [number, number, number] | null) => toThumbnail(volume, markedLpsMm).grey[95]
  expect([corner(null), corner([0, 0, 2.2]), corner([0, 0, 0.4]), corner([0, 0, 90])]).toEqual([0, 255, 0, 255])
})

it('a picture becomes a PNG of its very pixels', () => {
  const url = toPngUrl({ width: 2, height: 2, grey: Uint8Array.of(1, 2, 3, 4) })
  const bytes = Buffer.from(url.replace('data:image/png;base64,', ''), 'base64')
  expect(bytes.subarray(1, 4).toString()).toBe('PNG')
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20), bytes[24], bytes[25]]).toEqual([2, 2, 8, 0])
  const length = bytes.readUInt32BE(33)
  expect([...unzlibSync(bytes.subarray(41, 41 + length))]).toEqual([0, 1, 2, 0, 3, 4])
})

it('a file holds the library whole: read again it is the same, number by number', () => {
  const cases = [ownCaseOf(), ownCaseOf({ id: 'case-2', thumbnail: null, seed: 7, sex: null, ageYears: null })]
  const text = JSON.stringify(toLibraryFile(HERE, 'Fibrosis', cases))
  expect(readLibraryFile('mine.json', text, HERE, 2)).toEqual({ ok: true, value: cases })
})

it.each([
  ['another encoder', { of: { ...HERE, encoder: 'def' } }, 'own-file-of-another-model'],
  ['another pack', { of: { ...HERE, packId: 'other' } }, 'own-file-of-another-model'],
  ['no case', { cases: [] }, 'library-file-invalid'],
  ['another format', { format: 'voxct-findings' }, 'library-file-invalid'],
])('a file with %s is refused by its name', (_, part, code) => {
  const text = JSON.stringify({ ...toLibraryFile(HERE, 'Fibrosis', [ownCaseOf()]), ...part })
  const read = readLibraryFile('mine.json', text, HERE, 2)
  expect(read).toMatchObject({ ok: false, problem: { code } })
  expect(read.ok ? '' : read.problem.message).toContain('mine.json')
})

it.each([
  ['another length', { embedding: Float32Array.of(1, 0, 0) }, 'an embedding of 3 numbers, not 2'],
  ['no unit length', { embedding: Float32Array.of(0.5, 0.5) }, 'not of length 1'],
  ['a hole', { embedding: Float32Array.of(Number.NaN, 0.5) }, 'no base64 of finite float32 numbers'],
  [
    'a picture of another size',
    { thumbnail: { width: 2, height: 2, grey: Uint8Array.of(1) } },
    'a picture of another size',
  ],
  ['an id that is none', { id: 'x"><script>' }, 'cases.0.id'],
])('a case with %s is refused', (_, part, reason) => {
  const text = JSON.stringify(toLibraryFile(HERE, 'Fibrosis', [ownCaseOf(part as Partial<OwnCase>)]))
  const read = readLibraryFile('mine.json', text, HERE, 2)
  expect(read.ok ? '' : read.problem.message).toContain(reason)
})

it('is listed with the labels of the pack that are marked, and what is not marked is not known', () => {
  expect(toListedCase(ownCaseOf(), ['a', 'b']).labels).toBeUndefined()
  const marked = ownCaseOf({ present: [{ id: 'b', label: 'B' }] })
  expect(toListedCase(marked, ['a', 'b']).labels).toEqual([null, 1])
  const denied = ownCaseOf({ absent: [{ id: 'a', label: 'A' }] })
  expect(toListedCase(denied, ['a', 'b']).labels).toEqual([0, null])
  expect(toListedCase(ownCaseOf({ seed: 7 }), []).open).toEqual({ kind: 'phantom', seed: 7 })
})

it('its title names nobody unless one is typed', () => {
  expect(neutralTitle({ sex: 'female', ageYears: 65 }, 3)).toBe('Case 3, woman, 65 years')
  expect(neutralTitle({ sex: null, ageYears: null }, 1)).toBe('Case 1')
})
