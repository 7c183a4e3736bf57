import { gzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { openForTest, openVolumeForTest, scanForTest } from '../testing/openForTest.ts'
import { toFile, writeSyntheticSeries } from '../testing/syntheticDicom.ts'
import { writeSyntheticNifti } from '../testing/syntheticNifti.ts'

type Change = (view: DataView) => void

const OFFSET_AT = 108
const DIMS_AT = 40
const INTENT_AT = 68
const PIXDIM_AT = 76

function write(change: Change): Uint8Array<ArrayBuffer> {
  const bytes = writeSyntheticNifti({ size: [3, 4, 5] })
  change(new DataView(bytes.buffer))
  return bytes
}

const toFloat =
  (at: number, value: number): Change =>
  (view) =>
    view.setFloat32(at, value, true)
const toShort =
  (at: number, value: number): Change =>
  (view) =>
    view.setInt16(at, value, true)

/** An sform with these steps along i, j, k and the first voxel at `place`. */
const toSform =
  (step: number, place = 0): Change =>
  (view) => {
    toShort(254, 1)(view)
    for (let n = 0; n < 12; n++) toFloat(280 + n * 4, n % 5 === 0 ? step : n === 3 ? place : 0)(view)
  }

const toCube =
  (side: number): Change =>
  (view) => {
    for (const at of [2, 4, 6]) toShort(DIMS_AT + at, side)(view)
  }

const REFUSED: readonly [name: string, code: string, words: string, change: Change][] = [
  ['infinite', 'nifti-voxel-offset', 'byte Infinity', toFloat(OFFSET_AT, Number.POSITIVE_INFINITY)],
  ['not a number', 'nifti-voxel-offset', 'byte NaN', toFloat(OFFSET_AT, Number.NaN)],
  ['negative', 'nifti-voxel-offset', 'byte -352', toFloat(OFFSET_AT, -352)],
  ['inside the header', 'nifti-voxel-offset', 'byte 64', toFloat(OFFSET_AT, 64)],
  ['between two bytes', 'nifti-voxel-offset', 'byte 352.5', toFloat(OFFSET_AT, 352.5)],
  ['a negative number of dimensions', 'nifti-no-image', '0 voxels', toShort(DIMS_AT, -3)],
  ['thirty thousand dimensions', 'nifti-no-image', 'voxels', toShort(DIMS_AT, 30_000)],
  ['a negative size', 'nifti-no-image', '3 × -4 × 5', toShort(DIMS_AT + 4, -4)],
  ['a single voxel', 'nifti-no-image', '1 × 1 × 1', toCube(1)],
  ['CIFTI', 'nifti-cifti', 'CIFTI matrix', toShort(INTENT_AT, 3006)],
  ['voxels of no size', 'nifti-voxel-size', 'size or a place of voxels', toFloat(PIXDIM_AT + 8, 0)],
  ['voxels of a kilometre', 'nifti-voxel-size', 'size or a place of voxels', toFloat(PIXDIM_AT + 8, 1e6)],
  ['voxels of no number', 'nifti-voxel-size', 'size or a place of voxels', toFloat(PIXDIM_AT + 8, Number.NaN)],
  ['an sform of 10^30 mm', 'nifti-voxel-size', 'size or a place', toSform(1e30)],
  ['an sform of 10^-30 mm', 'nifti-voxel-size', 'size or a place', toSform(1e-30)],
  ['a first voxel that lies 10^30 mm away', 'nifti-voxel-size', 'size or a place', toSform(1, 1e30)],
]

test.each(REFUSED)('%s is refused by name, and the rest opens', async (_, code, words, change) => {
  const files = [toFile('d/bad.nii', write(change)), toFile('e/bad.nii.gz', new Uint8Array(gzipSync(write(change))))]
  const { series, problems } = await scanForTest([...files, ...writeSyntheticSeries(3)])
  expect(problems.map((problem) => [problem.code, problem.message.split(':')[0]])).toEqual([
    [code, 'd/bad.nii'],
    [code, 'e/bad.nii.gz'],
  ])
  expect(problems[0].message).toContain(words)
  expect(series).toHaveLength(1)
})

test.each([1e9, 3e38, 2 ** 40])(
  'voxels that begin at byte %d are no more than a file that is cut off',
  async (offset) => {
    for (const pack of [(bytes: Uint8Array) => bytes, (bytes: Uint8Array) => gzipSync(bytes)]) {
      const file = toFile('far.nii', new Uint8Array(pack(write(toFloat(OFFSET_AT, offset)))))
      const { series, problems } = await scanForTest([file])
      const problem = series.length === 0 ? problems[0] : toProblem(await openForTest([file]))
      expect(['nifti-truncated', 'nifti-voxel-offset']).toContain(problem?.code)
      expect(problem?.message).toContain('far.nii')
    }
  },
)

const toProblem = (opened: Awaited<ReturnType<typeof openForTest>>) => (opened.ok ? null : opened.problem)

test('a small gzip that claims a gigabyte is refused before anything is made for it', async () => {
  const opened = await openForTest([toFile('claim.nii.gz', new Uint8Array(gzipSync(write(toCube(1000)))))])
  expect(toProblem(opened)?.code).toBe('nifti-truncated')
})

test('an offset of 0 means: behind the header', async () => {
  const { volume } = await openVolumeForTest([toFile('zero.nii', write(toFloat(OFFSET_AT, 0)))])
  expect(volume.hu[0]).toBe(-1000)
})

test('an sform of numbers that are none falls back to the size of the voxels, and says so', async () => {
  const { volume, notices } = await openVolumeForTest([
    toFile(
      'nan.nii',
      write((view) => {
        toShort(254, 1)(view)
        for (let n = 0; n < 12; n++) toFloat(280 + n * 4, Number.NaN)(view)
      }),
    ),
  ])
  expect(volume.spacingMm).toEqual([1, 1, 1])
  expect(notices.map((notice) => notice.code)).toContain('nifti-without-orientation')
})

test('an sform of zeros falls back to the size of the voxels', async () => {
  const { volume } = await openVolumeForTest([toFile('zeros.nii', write(toSform(0)))])
  expect(volume.spacingMm).toEqual([1, 1, 1])
})

test.each([[[6, 5]], [[6, 5, 1]], [[6, 5, 2]]])(
  'a NIfTI of %j voxels opens as a flat image, behind every volume',
  async (size) => {
    const files = [toFile('flat.nii', writeSyntheticNifti({ size })), toFile('whole.nii', writeSyntheticNifti())]
    const { series } = await scanForTest(files)
    expect(series.map((entry) => entry.summary.title)).toEqual(['whole.nii', 'flat.nii'])
    const { volume, notices } = await openVolumeForTest(files, 1)
    expect([...volume.hu.subarray(0, 30)]).toEqual(Array.from({ length: 30 }, (_, n) => n - 1000))
    expect(notices.map((notice) => notice.code)).toContain('flat-image')
  },
)

test.each([
  ['a row of 2 instead of 3', toShort(DIMS_AT + 2, 2)],
  ['3 rows instead of 4', toShort(DIMS_AT + 4, 3)],
  ['4 layers instead of 5', toShort(DIMS_AT + 6, 4)],
])('%s leaves voxels behind: the file is named, plain or packed', async (_, change) => {
  for (const file of [toFile('a.nii', write(change)), toFile('a.nii.gz', new Uint8Array(gzipSync(write(change))))]) {
    const { notices } = await openVolumeForTest([file])
    const more = notices.find(({ code }) => code === 'nifti-more-data')
    expect(more?.message).toContain(`${file.name} holds more data than the `)
  }
})

test('zeros behind the voxels, or the other volumes of the header, are nothing more', async () => {
  const zeros = new Uint8Array([...write(() => undefined), ...new Uint8Array(1000)])
  const [first, second] = [write(() => undefined), write(() => undefined).subarray(352)]
  const both = new Uint8Array([...first, ...second])
  const view = new DataView(both.buffer)
  toShort(DIMS_AT, 4)(view)
  toShort(DIMS_AT + 8, 2)(view)
  for (const bytes of [zeros, both, new Uint8Array(gzipSync(both))]) {
    const { notices } = await openVolumeForTest([toFile(bytes[0] === 0x1f ? 'a.nii.gz' : 'a.nii', bytes)])
    expect(notices.map(({ code }) => code)).not.toContain('nifti-more-data')
  }
})
