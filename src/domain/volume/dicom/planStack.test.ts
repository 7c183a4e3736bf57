import { expect, test } from 'vitest'
import { openVolumeForTest } from '../testing/openForTest.ts'
import { probeHu } from '../testing/probe.ts'
import { type SyntheticSlice, toFile, writeSyntheticSlice } from '../testing/syntheticDicom.ts'
import type { Volume } from '../volume.ts'
import { composeVolume } from './composeVolume.ts'
import { planStack, toMissing } from './planStack.ts'
import type { PlacedSlice } from './slicePlace.ts'

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

const huOfLayers = ({ hu, size }: Volume) => Array.from({ length: size[2] }, (_, k) => hu[k * 12])

/** What is shown at the plane of each source slice: that slice, whatever grid the volume has. */
function expectOwnHu(volume: Volume, heightsMm: readonly number[]) {
  for (const mm of heightsMm) expect(probeHu(volume, [0, 0, mm]), `${mm} mm`).toBe(Math.round(10 * mm) - 1000)
}

test('a missing slice is named with its neighbours, and its layer is missing', async () => {
  const { volume, notices } = await openVolumeForTest(writeStack([0, 1, 2, 4, 5, 6]))
  expect(volume.spacingMm[2]).toBe(1)
  expect(huOfLayers(volume)).toEqual([-1000, -990, -980, -1024, -960, -950, -940])
  expect(volume.missing).toEqual([3])
  expect(probeHu(volume, [0, 0, 3])).toBeNull()
  expect(notices.map((notice) => notice.code)).toEqual(['missing-slices'])
  expect(notices[0].message).toContain('A slice is missing between z2.dcm (2.0 mm) and z4.dcm (4.0 mm)')
})

test('several gaps are counted', async () => {
  const { volume, notices } = await openVolumeForTest(writeStack([0, 1, 2, 5, 6, 7, 9, 10, 11, 12]))
  expect(volume.size[2]).toBe(13)
  expect(volume.missing).toEqual([3, 4, 8])
  expect(notices[0].message).toContain('3 slices are missing')
  expect(notices[0].message).toContain('1 more place;')
})

test('two slices that are missing on both sides of one are gaps, no spacing', async () => {
  const { volume, notices } = await openVolumeForTest(writeStack([0, 1, 2, 4, 6, 7, 8]))
  expect(volume.missing).toEqual([3, 5])
  expect(notices.map((notice) => notice.code)).toEqual(['missing-slices'])
})

test('every second slice missing in a part is a gap where the numbers of the slices say so, else a spacing', async () => {
  const heights = [0, 1, 2, 3, 4, 5, 7, 9, 11, 12, 13, 14, 15, 16]
  const numbered = heights.flatMap((mm) => writeStack([mm], { elements: { '00200013': ['IS', String(mm + 1)] } }))
  expect((await openVolumeForTest(numbered)).volume.missing).toEqual([6, 8, 10])
  const plain = await openVolumeForTest(writeStack(heights))
  expect(plain.volume.missing).toEqual([])
  expect(plain.notices.map((notice) => notice.code)).toEqual(['irregular-spacing'])
})

test('where the spacing changes every slice is used, nothing is called missing, and the place is told', async () => {
  const heights = [
    ...Array.from({ length: 8 }, (_, n) => 2.5 * n),
    ...Array.from({ length: 20 }, (_, n) => 22.5 + 5 * n),
  ]
  const { volume, notices } = await openVolumeForTest(writeStack(heights))
  expect(volume.spacingMm[2]).toBe(2.5)
  expect(volume.size[2]).toBe(48)
  expect(volume.missing).toEqual([])
  expectOwnHu(volume, heights)
  // Half way between two slices at 5 mm lies the mean of both.
  expect(probeHu(volume, [0, 0, 25])).toBe(-750)
  expect(notices.map((notice) => notice.code)).toEqual(['irregular-spacing'])
  expect(notices[0].message).toContain('2.5 to 5 mm apart, first changing at z17.5.dcm (17.5 mm)')
})

test('a slice close to another is shown, too', async () => {
  const heights = [0, 5, 10, 10.4, 15, 20]
  const { volume, notices } = await openVolumeForTest(writeStack(heights))
  expectOwnHu(volume, heights)
  expect(volume.missing).toEqual([])
  expect(volume.size[2]).toBeLessThanOrEqual(2 * heights.length)
  expect(notices.map((notice) => notice.code)).toEqual(['irregular-spacing'])
})

test('slices far apart are a volume with gaps, not one at the distance of the gaps', async () => {
  const heights = [0, 1.25, 150, 205]
  const { volume, notices } = await openVolumeForTest(writeStack(heights))
  expect(volume.spacingMm[2]).toBe(1.25)
  expect(volume.size[2]).toBe(165)
  expect(volume.missing).toHaveLength(161)
  expectOwnHu(volume, heights)
  expect(probeHu(volume, [0, 0, 100])).toBeNull()
  expect(notices.map((notice) => notice.code)).toEqual(['missing-slices'])
})

test('uneven spacing is resampled with true positions', async () => {
  const heights = [0, 1, 2.3, 3.6, 4.9]
  const { volume, notices } = await openVolumeForTest(writeStack(heights))
  expect(notices.map((notice) => notice.code)).toEqual(['irregular-spacing'])
  expect(volume.spacingMm[2]).toBe(1)
  expectOwnHu(volume, heights)
  expect(volume.missing).toEqual([])
})

/** Numbers from 0 to 1 that look random and are the same in every run (a linear congruential generator). */
function createDice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const KINDS: readonly ((random: () => number) => number)[] = [
  // A protocol that changes its spacing.
  (random) => [1.25, 2.5, 5][Math.floor(random() * 3)],
  // Any spacing at all.
  (random) => 0.6 + 4 * random(),
  // Lost slices.
  (random) => (random() < 0.1 ? 2 + Math.floor(4 * random()) : 1),
  // A slice taken again right beside another.
  (random) => (random() < 0.1 ? 0.2 + 0.3 * random() : 3),
  // Rounded and jittering positions.
  (random) => Math.round((1.5 + 0.6 * (random() - 0.5)) * 10) / 10,
]

test.each(KINDS.map((_, kind) => kind))(
  'every slice of 60 random stacks of kind %i is shown at its own plane',
  (kind) => {
    for (let seed = 0; seed < 60; seed++) {
      const random = createDice(1000 * kind + seed)
      const heights = [100 * random()]
      for (let n = 0; n < 5 + 60 * random(); n++) heights.push(heights[n] + KINDS[kind](random))
      const slices = heights.map((mm, n) => toSlice(mm, n))
      const plan = planStack(slices)
      const hu = composeVolume({ slices: heights.map((_, n) => Int16Array.of(n)), columns: 1, rows: 1 }, plan)
      const volume = { ...plan.geometry, id: 'random', hu, missing: toMissing(plan) }
      const shown = heights.map((mm) => probeHu(volume, [0, 0, mm]))
      expect(shown, `seed ${seed}`).toEqual(heights.map((_, n) => n))
      const measuredCount = plan.layers.length - volume.missing.length
      if (kind !== 3) expect(measuredCount, `seed ${seed}`).toBeLessThanOrEqual(2 * heights.length)
      // Between neighbours that are no gap the mix is linear by place, to the rounding of HU.
      for (const [k, layer] of plan.layers.entries()) {
        const mm = plan.geometry.originLpsMm[2] + k * plan.geometry.spacingMm[2]
        if (layer && layer.lower !== layer.upper) {
          expect(Math.abs(hu[k] - toPlaceIn(heights, layer.lower, mm))).toBeLessThanOrEqual(0.5 + 1e-6)
        }
      }
    }
  },
)

/** Places of a stack of which each inner slice is lost with a likelihood, and its numbers, rising or falling. */
function loseSlices(random: () => number, likelihood: number) {
  const count = 30 + Math.floor(60 * random())
  const stepMm = [0.625, 1, 1.25, 2.5, 5][Math.floor(5 * random())]
  const falls = random() < 0.5
  const kept = Array.from({ length: count }, (_, n) => n).filter(
    (n) => n < 4 || n > count - 5 || random() >= likelihood,
  )
  const lost = Array.from({ length: count }, (_, n) => n).filter((n) => !kept.includes(n))
  const slices = kept.map((n) => ({ ...toSlice(n * stepMm - 80, n), instanceNumber: falls ? 500 - n : n }))
  return { slices, lost }
}

test('of 100 random stacks exactly the lost slices are missing, by their numbers or by single steps', () => {
  for (let seed = 0; seed < 100; seed++) {
    const many = loseSlices(createDice(seed), 0.15)
    expect(toMissing(planStack(many.slices)), `seed ${seed}`).toEqual(many.lost)
    const few = loseSlices(createDice(1000 + seed), 0.03)
    const unnumbered = few.slices.map((slice) => ({ ...slice, instanceNumber: null }))
    expect(toMissing(planStack(unnumbered)), `seed ${seed}`).toEqual(few.lost)
  }
})

test('in 100 random stacks of changing spacing nothing is missing, numbered or not', () => {
  for (let seed = 0; seed < 100; seed++) {
    const random = createDice(2000 + seed)
    const heights = [0]
    for (let part = 0; part < 2 + 3 * random(); part++) {
      const stepMm = [1, 1.25, 2, 2.5, 5][Math.floor(5 * random())]
      for (let n = 0; n < 4 + 12 * random(); n++) heights.push(heights[heights.length - 1] + stepMm)
    }
    const slices = heights.map((mm, n) => ({ ...toSlice(mm, n), instanceNumber: seed % 2 === 0 ? null : n + 1 }))
    const plan = planStack(slices)
    expect(toMissing(plan), `seed ${seed}`).toEqual([])
    expect(plan.notices.map((notice) => notice.code).filter((code) => code !== 'irregular-spacing')).toEqual([])
  }
})

const toSlice = (mm: number, n: number) =>
  ({
    path: `${n}.dcm`,
    positionLpsMm: [0, 0, mm],
    rowLps: [1, 0, 0],
    columnLps: [0, 1, 0],
    pixelSpacingMm: [1, 1],
    instanceNumber: null,
    format: { columns: 1, rows: 1 },
  }) as unknown as PlacedSlice

const toPlaceIn = (heights: readonly number[], n: number, mm: number) =>
  n + Math.max(0, Math.min(1, (mm - heights[n]) / (heights[n + 1] - heights[n])))

test('positions that the header rounded count as even', async () => {
  const { volume, notices } = await openVolumeForTest(writeStack([0, 0.6, 1.3, 1.9, 2.5]))
  expect(notices).toEqual([])
  expect(volume.spacingMm[2]).toBeCloseTo(0.625, 9)
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
  expect(notices.map((notice) => notice.code)).toEqual(['gantry-tilt', 'hu-scale-suspect'])
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

test('a sideways tilt is corrected within the slice: padding at its rim is never mixed with tissue', async () => {
  const [rows, columns] = [4, 12]
  const files = Array.from({ length: 6 }, (_, n) => {
    // Padding in the first two columns and the last; tissue of 0 HU between.
    const stored = Array.from({ length: rows * columns }, (__, p) => (p % columns < 2 || p % columns > 10 ? 0 : 1024))
    const elements = { '00280120': ['US', [0]] } as const
    // Each slice lies 0.35 mm, half a pixel, further to the left.
    return toFile(
      `${n}.dcm`,
      writeSyntheticSlice({ rows, columns, stored, elements, positionLpsMm: [0.35 * n, 0, 3 * n] }),
    )
  })
  const { volume, notices } = await openVolumeForTest(files)
  expect(notices.map((notice) => notice.code)).toEqual(['gantry-tilt'])
  expect(volume.size).toEqual([15, 4, 6])
  expect([...new Set(volume.hu)].sort((a, b) => a - b)).toEqual([-1024, 0])
  // Nine columns of tissue in every slice, to within the half pixel by which its rim lies between two columns.
  for (let k = 0; k < 6; k++) {
    const row = [...volume.hu.subarray(k * 60, k * 60 + 15)]
    expect(Math.abs(row.filter((hu) => hu === 0).length - 9)).toBeLessThanOrEqual(1)
    expect(row.indexOf(0)).toBe(Math.ceil(2 + 0.5 * k - 0.5))
  }
})
