import { expect, it } from 'vitest'
import { toSliceStacks } from '../domain/geometry/sliceStack.ts'
import { NO_HEADER, toAxialPlace } from '../domain/volume/testing/noHeader.ts'
import type { Volume } from '../domain/volume/volume.ts'
import { toProbe, toShownVolume, toSlicePosition } from './shownVolume.ts'

const SLICE = { seriesUid: null, sopInstanceUid: null, sopClassUid: null, frameOfReferenceUid: null, frameNumber: null }

/** Five layers from the feet up; the scanner numbered them from the head down, from 101 on. The second is missing, the fourth lies between two slices. */
const VOLUME: Volume = {
  id: 'v',
  size: [2, 3, 5],
  spacingMm: [1, 1, 2],
  originLpsMm: [0, 0, 0],
  directionLps: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  hu: new Int16Array(30),
  missing: [1],
  sources: {
    kind: 'dicom',
    studyUid: null,
    header: NO_HEADER,
    slices: [105, 103, 102, 101].map((instanceNumber) => ({ ...SLICE, instanceNumber, place: toAxialPlace(0) })),
    layers: [[0], [], [1], [2, 1], [3]],
    isResampled: false,
  },
}

const STACKS = toSliceStacks(VOLUME)
const AXIAL = { firstMm: -8, stepMm: 2 }
const CORONAL = { firstMm: 0, stepMm: 1 }
const SAGITTAL = { firstMm: 0, stepMm: 1 }

it('tells of an axial slice its number from the head down, the number of its file, and whether it is missing', () => {
  const shown = toShownVolume(VOLUME, {} as never)
  const positions = [0, 1, 2, 3, 4].map((index) => toSlicePosition(shown, STACKS.axial, index))
  expect(positions).toEqual([
    { number: 1, count: 5, ...AXIAL, isMissing: false, missingOf: null, instanceNumber: 101 },
    { number: 2, count: 5, ...AXIAL, isMissing: false, missingOf: null, instanceNumber: null },
    { number: 3, count: 5, ...AXIAL, isMissing: false, missingOf: null, instanceNumber: 103 },
    { number: 4, count: 5, ...AXIAL, isMissing: true, missingOf: null, instanceNumber: null },
    { number: 5, count: 5, ...AXIAL, isMissing: false, missingOf: null, instanceNumber: 105 },
  ])
})

it('tells of planes across the layers no number of a file', () => {
  const shown = toShownVolume(VOLUME, {} as never)
  expect(toSlicePosition(shown, STACKS.coronal, 2)).toEqual({
    number: 3,
    count: 3,
    ...CORONAL,
    isMissing: false,
    missingOf: null,
    instanceNumber: null,
  })
  expect(toSlicePosition(shown, STACKS.sagittal, 0)).toEqual({
    number: 1,
    count: 2,
    ...SAGITTAL,
    isMissing: false,
    missingOf: null,
    instanceNumber: null,
  })
})

it('gives the value of a slab under the pointer, counts what is missing in it, and calls it missing only where all is', () => {
  const hu = Int16Array.from({ length: 30 }, (_, n) => 10 * Math.floor(n / 6))
  const shown = toShownVolume({ ...VOLUME, hu }, {} as never)
  const slab = { mode: 'mip', thicknessMm: 6 } as const
  expect(toSlicePosition(shown, STACKS.axial, 3, slab)).toMatchObject({
    isMissing: false,
    missingOf: { all: 3, missing: 1 },
  })
  expect(toSlicePosition(shown, STACKS.axial, 3, { ...slab, thicknessMm: 1 })).toMatchObject({ isMissing: true })
  const look = { normal: [0, 0, -1], slab } as const
  expect(toProbe(shown, 'axial', [0, 1, 2], look)).toMatchObject({ hu: 20, isMissing: false })
  expect(toProbe(shown, 'axial', [0, 1, 2], { ...look, slab: null })).toMatchObject({ hu: null, isMissing: true })
})
