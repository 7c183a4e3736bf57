import { expect, test } from 'vitest'
import { openVolumeForTest, scanForTest } from './testing/openForTest.ts'
import { indexToWorldLps } from './testing/probe.ts'
import { type SyntheticSlice, toFile, writeSyntheticSeries, writeSyntheticSlice } from './testing/syntheticDicom.ts'

const stackOf = (count: number, partOf: (n: number) => SyntheticSlice) =>
  Array.from({ length: count }, (_, n) =>
    toFile(
      `IM${n}`,
      writeSyntheticSlice({
        stored: new Array<number>(12).fill(24 + 100 * n),
        sopInstanceUid: `9.${n}`,
        ...partOf(n),
      }),
    ),
  )

test('decimal commas are read as points, and told', async () => {
  const files = stackOf(4, (n) => ({
    elements: {
      '00200032': ['DS', `-10,5\\-20,25\\${String(30 + 1.25 * n).replace('.', ',')}`],
      '00280030': ['DS', '0,8\\0,7'],
      '00281052': ['DS', '-1024,0'],
      '00281053': ['DS', '1,5'],
    },
  }))
  const { volume, notices } = await openVolumeForTest(files)
  expect(volume.spacingMm).toEqual([0.7, 0.8, 1.25])
  expect(volume.originLpsMm).toEqual([-10.5, -20.25, 30])
  expect([0, 1, 2, 3].map((k) => volume.hu[12 * k])).toEqual([24, 124, 224, 324].map((stored) => 1.5 * stored - 1024))
  expect(notices.map((notice) => notice.code)).toEqual(['decimal-commas'])
  expect(notices[0].message).toContain('IM0 and 3 more files')
})

const degrees = (angle: number) => (angle * Math.PI) / 180

test.each([0.5, -1.5])('row and column that miss the right angle by %d° are turned to it, and told', async (skew) => {
  const orientation = [1, 0, 0, Math.sin(degrees(skew)), Math.cos(degrees(skew)), 0]
  const { volume, notices } = await openVolumeForTest(writeSyntheticSeries(4, { orientation }))
  const [row, column, normal] = volume.directionLps
  for (const axis of [row, column, normal]) expect(Math.hypot(...axis)).toBeCloseTo(1, 12)
  expect(column.map((value) => value + 0)).toEqual([0, 1, 0])
  expect(volume.spacingMm[2]).toBe(2)
  expect(indexToWorldLps(volume, [0, 0, 3])).toEqual([-10, -20, 36])
  expect(notices.map((notice) => notice.code)).toEqual(['skewed-axes'])
  expect(notices[0].message).toContain(`${Math.abs(skew).toFixed(1)}°`)
})

test('row and column far from a right angle are refused by name', async () => {
  const orientation = [1, 0, 0, 0.5, 0.8, 0]
  const { series } = await scanForTest(writeSyntheticSeries(4, { orientation }))
  expect(series[0].refusal?.code).toBe('skewed-axes')
  expect(series[0].refusal?.message).toContain('series/996.dcm')
})

test('rounding of direction cosines is no skew', async () => {
  const [c, s] = [Math.cos(0.2), Math.sin(0.2)]
  const orientation = [c, 0, -s, 0, 1, 0].map((value) => Number(value.toFixed(4)))
  const { volume, notices } = await openVolumeForTest(
    stackOf(4, (n) => ({ orientation, positionLpsMm: [2 * n * s, 0, 2 * n * c] })),
  )
  expect(notices).toEqual([])
  expect(volume.spacingMm[2]).toBeCloseTo(2, 3)
})

test.each([
  ['absent', null],
  ['empty', ['CS', ''] as const],
])('a modality that is %s is CT by the SOP class, and told', async (_, modality) => {
  const { volume, notices } = await openVolumeForTest(writeSyntheticSeries(4, { elements: { '00080060': modality } }))
  expect(volume.size[2]).toBe(4)
  expect(notices.map((notice) => notice.code)).toEqual(['modality-from-class'])
})

test.each(['1000000000\\1000000000', '0.8\\51', '0.0001\\0.7', '-0.8\\0.7', '0\\0'])(
  'a pixel spacing of %s, which no scanner gives, is refused by name',
  async (spacing) => {
    const { series } = await scanForTest(writeSyntheticSeries(4, { elements: { '00280030': ['DS', spacing] } }))
    expect(series[0].refusal?.code).toBe('missing-pixel-spacing')
    expect(series[0].refusal?.message).toContain('series/996.dcm')
  },
)

test('one slice with such a spacing is left out by name, and the rest opens', async () => {
  const files = stackOf(5, (n) => ({
    positionLpsMm: [0, 0, n],
    elements: { '00280030': ['DS', n === 4 ? '1e9\\1e9' : '0.8\\0.7'] },
  }))
  const { volume, notices } = await openVolumeForTest(files)
  expect(volume.size[2]).toBe(4)
  expect(notices.map(({ code, message }) => [code, message.split(' ')[0]])).toEqual([['slice-without-position', 'IM4']])
})

test.each([
  ['00281053', 'one'],
  ['00281053', 'NaN'],
  ['00281053', '0'],
  ['00281053', '1e300'],
  ['00281052', '-Infinity'],
  ['00281052', '1e30'],
  ['00281052', '-1024 HU'],
])('a slice whose %s is %s is left out by name, and the rest opens', async (tag, text) => {
  const files = stackOf(5, (n) => ({
    positionLpsMm: [0, 0, n],
    elements: n === 4 ? { [tag]: ['DS', text] } : undefined,
  }))
  const { series, problems } = await scanForTest(files)
  expect(problems.map(({ code, message }) => [code, message.split(':')[0]])).toEqual([['dicom-rescale', 'IM4']])
  expect(series.map(({ summary }) => summary.sliceCount)).toEqual([4])
  const { volume } = await openVolumeForTest(files)
  expect([0, 1, 2, 3].map((k) => volume.hu[12 * k])).toEqual([-1000, -900, -800, -700])
})

test('a slope that is left empty is 1, and that of another modality is not judged', async () => {
  const empty = await openVolumeForTest(writeSyntheticSeries(4, { elements: { '00281053': ['DS', ''] } }))
  expect(empty.volume.hu[0]).toBe(-1000)
  const { series } = await scanForTest(writeSyntheticSeries(4, { modality: 'PT', slope: 1e6 }))
  expect(series[0].refusal?.code).toBe('not-ct')
})
