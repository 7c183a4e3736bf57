import { gzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { openForTest, openVolumeForTest, scanForTest } from './testing/openForTest.ts'
import { indexToWorldLps } from './testing/probe.ts'
import { toFile, writeSyntheticSeries } from './testing/syntheticDicom.ts'
import { type SyntheticNifti, writeSyntheticNifti } from './testing/syntheticNifti.ts'

const toNii = (options: SyntheticNifti = {}, name = 'scan.nii') => toFile(name, writeSyntheticNifti(options))
const toNiiGz = (options: SyntheticNifti = {}) =>
  toFile('scan.nii.gz', new Uint8Array(gzipSync(writeSyntheticNifti(options))))
const rounded = (values: readonly number[]) => values.map((value) => Math.round(value * 1e4) / 1e4 + 0)

const RAS_SFORM = [
  [0.7, 0, 0, -100],
  [0, 0.8, 0, -200],
  [0, 0, 1.5, 50],
]

test('the sform is RAS; the volume is LPS', async () => {
  const { volume, notices } = await openVolumeForTest([toNii({ sformRows: RAS_SFORM })])
  expect(notices).toEqual([])
  expect(volume.size).toEqual([3, 4, 5])
  expect(rounded(volume.spacingMm)).toEqual([0.7, 0.8, 1.5])
  expect(rounded(volume.originLpsMm)).toEqual([100, 200, 50])
  expect(volume.directionLps.map(rounded)).toEqual([
    [-1, 0, 0],
    [0, -1, 0],
    [0, 0, 1],
  ])
  expect([...volume.hu.subarray(0, 3)]).toEqual([-1000, -999, -998])
})

test('without sform the qform is used, with its handedness', async () => {
  // A half turn about the long axis: i to the Left, j to Posterior; offset RAS.
  const { volume } = await openVolumeForTest([
    toNii({ quaternion: [0, 0, 1], offsetMm: [10, 20, -30], spacingMm: [2, 3, 4] }),
  ])
  expect(volume.directionLps.map(rounded)).toEqual([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ])
  expect(rounded(indexToWorldLps(volume, [1, 1, 1]))).toEqual([-10 + 2, -20 + 3, -30 + 4])
})

test('without either the orientation is assumed and said to be', async () => {
  const { volume, notices } = await openVolumeForTest([toNii({ spacingMm: [2, 2, 2] })])
  expect(volume.directionLps.map(rounded)).toEqual([
    [1, 0, 0],
    [0, -1, 0],
    [0, 0, 1],
  ])
  expect(notices.map((notice) => notice.code)).toEqual(['nifti-without-orientation'])
})

const writers: Record<string, SyntheticNifti> = {
  int16: {},
  uint8: { datatype: 2, bytesPerVoxel: 1, slope: 10, intercept: -1000, writeVoxel: (v, at, n) => v.setUint8(at, n) },
  uint16: { datatype: 512, intercept: -1024, slope: 1, writeVoxel: (v, at, n, le) => v.setUint16(at, 24 + n, le) },
  int32: { datatype: 8, bytesPerVoxel: 4, writeVoxel: (v, at, n, le) => v.setInt32(at, n - 1000, le) },
  float32: { datatype: 16, bytesPerVoxel: 4, writeVoxel: (v, at, n, le) => v.setFloat32(at, n - 1000.4, le) },
  float64: { datatype: 64, bytesPerVoxel: 8, writeVoxel: (v, at, n, le) => v.setFloat64(at, n - 999.6, le) },
  int64: { datatype: 1024, bytesPerVoxel: 8, writeVoxel: (v, at, n, le) => v.setBigInt64(at, BigInt(n - 1000), le) },
}

test.each(Object.keys(writers).flatMap((name) => [[name, false] as const, [name, true] as const]))(
  '%s voxels (big endian: %s) become HU with slope and intercept',
  async (name, bigEndian) => {
    const { volume } = await openVolumeForTest([toNii({ ...writers[name], bigEndian, sformRows: RAS_SFORM })])
    const step = name === 'uint8' ? 10 : 1
    expect([...volume.hu.subarray(0, 4)]).toEqual([-1000, -1000 + step, -1000 + 2 * step, -1000 + 3 * step])
  },
)

test('what is not a number becomes air', async () => {
  const writeVoxel: SyntheticNifti['writeVoxel'] = (v, at, _, le) => v.setFloat32(at, Number.NaN, le)
  const { volume } = await openVolumeForTest([toNii({ datatype: 16, bytesPerVoxel: 4, writeVoxel })])
  expect(new Set(volume.hu)).toEqual(new Set([-1024]))
})

test('gzip is unpacked, by content and not by name', async () => {
  const file = toFile('scan', new Uint8Array(gzipSync(writeSyntheticNifti({ extensionFlag: true }))))
  expect((await openVolumeForTest([file])).volume.hu[59]).toBe(-941)
})

test('of a 4-D file the first volume is shown and said so', async () => {
  const { volume, notices } = await openVolumeForTest([toNii({ size: [3, 4, 5, 2], sformRows: RAS_SFORM })])
  expect(volume.hu.length).toBe(60)
  expect(notices.map((notice) => notice.code)).toEqual(['nifti-4d'])
  expect(notices[0].message).toContain('2 volumes')
})

test('an MR without air at −1000 HU is opened with a notice', async () => {
  const writeVoxel: SyntheticNifti['writeVoxel'] = (v, at, n, le) => v.setInt16(at, n * 10, le)
  const { notices } = await openVolumeForTest([toNii({ writeVoxel, sformRows: RAS_SFORM })])
  expect(notices.map((notice) => notice.code)).toEqual(['hu-scale-suspect'])
})

test.each([
  [
    'nifti-truncated',
    toFile('cut.nii', writeSyntheticNifti().slice(0, 400)),
    'cut.nii: the file is cut off; it holds 84',
  ],
  ['gzip-damaged', toFile('cut.nii.gz', cutGzip()), 'cut.nii.gz'],
])('%s is refused on loading', async (code, file, message) => {
  const opened = await openForTest([file])
  expect(opened.ok ? null : opened.problem.code).toBe(code)
  expect(opened.ok ? '' : opened.problem.message).toContain(message)
})

test('a header that claims more than memory holds is refused in the list', async () => {
  const bytes = writeSyntheticNifti({ datatype: 64, bytesPerVoxel: 8, writeVoxel: () => undefined })
  const view = new DataView(bytes.buffer)
  for (const place of [42, 44, 46]) view.setInt16(place, 1290, true)
  const { problems } = await scanForTest([toFile('huge.nii', bytes)])
  expect(problems.map(({ code }) => code)).toEqual(['nifti-too-large'])
  expect(problems[0].message).toContain('huge.nii: 1290 × 1290 × 1290')
})

/** Noise that does not compress, so that a cut at half its length leaves the header whole. */
function cutGzip(): Uint8Array<ArrayBuffer> {
  const writeVoxel: SyntheticNifti['writeVoxel'] = (v, at, n, le) => v.setInt16(at, (n * 7919 * n) % 4001, le)
  const whole = gzipSync(writeSyntheticNifti({ size: [40, 40, 20], writeVoxel }))
  return whole.slice(0, whole.length >> 1)
}

test.each([
  ['nifti-type', toNii({ datatype: 128, bytesPerVoxel: 3, writeVoxel: () => undefined }, 'rgb.nii'), 'rgb.nii'],
  ['nifti-no-image', toNii({ size: [5] }, 'line.nii'), 'line.nii'],
  ['nifti-no-image', toNii({ size: [3, 0, 5] }, 'zero.nii'), 'zero.nii'],
  ['nifti-pair', toNii({ magic: 'ni1' }, 'scan.hdr'), 'scan.hdr'],
  ['file-not-recognised', toFile('log.txt.gz', new Uint8Array(gzipSync(new TextEncoder().encode('hello')))), 'log.txt'],
  ['gzip-damaged', toFile('tiny.nii.gz', new Uint8Array(gzipSync(writeSyntheticNifti())).slice(0, 14)), 'tiny.nii.gz'],
])('%s is named in the list and the rest opens', async (code, file, name) => {
  const { series, problems } = await scanForTest([file, ...writeSyntheticSeries(3), toNiiGz()])
  expect(problems.map((problem) => problem.code)).toEqual([code])
  expect(problems[0].message).toContain(name)
  expect(series.map((entry) => entry.summary.format).sort()).toEqual(['dicom', 'nifti'])
})
