import { expect, test } from 'vitest'
import { openForTest, openVolumeForTest } from '../testing/openForTest.ts'
import { probeHu } from '../testing/probe.ts'
import { type SyntheticSlice, toFile, writeSyntheticSlice } from '../testing/syntheticDicom.ts'

/** Slices at the given heights, each filled with HU = 10 · height − 1000. */
const writeStack = (heightsMm: readonly number[], part: SyntheticSlice = {}, shiftMm = 0) =>
  heightsMm.map((mm) =>
    toFile(
      `z${mm}.dcm`,
      writeSyntheticSlice({
        positionLpsMm: [0, shiftMm * mm, mm],
        stored: new Array<number>(12).fill(24 + Math.round(10 * mm)),
        ...part,
      }),
    ),
  )

test('a missing slice is named with its neighbours and filled from them', async () => {
  const { volume, notices } = await openVolumeForTest(writeStack([0, 1, 2, 4, 5, 6]))
  expect(volume.size[2]).toBe(7)
  expect(volume.spacingMm[2]).toBe(1)
  expect(Array.from({ length: 7 }, (_, k) => volume.hu[k * 12])).toEqual([-1000, -990, -980, -970, -960, -950, -940])
  expect(notices.map((notice) => notice.code)).toEqual(['missing-slices'])
  expect(notices[0].message).toContain('A slice is missing between z2.dcm (2.0 mm) and z4.dcm (4.0 mm)')
})

test('several gaps are counted', async () => {
  const { volume, notices } = await openVolumeForTest(writeStack([0, 1, 2, 5, 6, 7, 9, 10, 11, 12]))
  expect(volume.size[2]).toBe(13)
  expect(notices[0].message).toContain('3 slices are missing')
  expect(notices[0].message).toContain('1 more place;')
})

test('uneven spacing is resampled to an even grid with true positions', async () => {
  const { volume, notices } = await openVolumeForTest(writeStack([0, 1, 2.3, 3.6, 4.9]))
  expect(notices.map((notice) => notice.code)).toEqual(['irregular-spacing'])
  for (let k = 0; k < volume.size[2]; k++) {
    expect(volume.hu[k * 12]).toBeCloseTo(10 * k * volume.spacingMm[2] - 1000, -1)
  }
  expect(volume.spacingMm[2] * (volume.size[2] - 1)).toBeCloseTo(4.9, 9)
})

test('positions that the header rounded count as even', async () => {
  const { volume, notices } = await openVolumeForTest(writeStack([0, 0.6, 1.3, 1.9, 2.5]))
  expect(notices).toEqual([])
  expect(volume.spacingMm[2]).toBeCloseTo(0.625, 9)
})

test('a few slices far apart are no volume', async () => {
  const opened = await openForTest(writeStack([0, 1, 2, 90]))
  expect(opened.ok ? null : opened.problem.code).toBe('scattered-slices')
})

test('a tilted gantry is straightened: every voxel keeps its place in the patient', async () => {
  const tilt = Math.PI / 9
  const [rows, columns] = [12, 4]
  const orientation = [1, 0, 0, 0, Math.cos(tilt), -Math.sin(tilt)]
  // A ramp from front to back in the patient, so that HU tells the place.
  const huAt = (y: number) => Math.round(20 * y) - 900
  const files = Array.from({ length: 6 }, (_, n) => {
    const stored = Array.from({ length: rows * columns }, (__, p) => {
      return huAt(Math.floor(p / columns) * 0.8 * Math.cos(tilt)) + 1024
    })
    return toFile(`${n}.dcm`, writeSyntheticSlice({ rows, columns, orientation, stored, positionLpsMm: [0, 0, 3 * n] }))
  })
  const { volume, notices } = await openVolumeForTest(files)
  expect(notices.map((notice) => notice.code)).toEqual(['gantry-tilt'])
  expect(notices[0].message).toContain('20.0°')
  expect(volume.spacingMm[2]).toBeCloseTo(3 * Math.cos(tilt), 5)
  // At 3 mm above the first slice, the pixel of slice 1 at (0, y, 3 − y·tan) is found again.
  for (const row of [3, 6, 8]) {
    const along = row * 0.8
    const point = [0.7, along * Math.cos(tilt), 6 - along * Math.sin(tilt)] as const
    const hu = probeHu(volume, point)
    expect(Math.abs((hu ?? 0) - huAt(point[1]))).toBeLessThanOrEqual(8)
  }
})
