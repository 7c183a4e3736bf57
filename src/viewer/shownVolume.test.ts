import { expect, it } from 'vitest'
import type { Volume } from '../domain/volume/volume.ts'
import { toShownVolume, toSlicePosition } from './shownVolume.ts'

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
    slices: [105, 103, 102, 101].map((instanceNumber) => ({ ...SLICE, instanceNumber })),
    layers: [[0], [], [1], [2, 1], [3]],
    isResampled: false,
  },
}

it('tells of an axial slice its number from the head down, the number of its file, and whether it is missing', () => {
  const shown = toShownVolume(VOLUME, {} as never)
  const positions = [0, 1, 2, 3, 4].map((index) => toSlicePosition(shown, 'axial', index))
  expect(positions).toEqual([
    { number: 1, count: 5, isMissing: false, instanceNumber: 101 },
    { number: 2, count: 5, isMissing: false, instanceNumber: null },
    { number: 3, count: 5, isMissing: false, instanceNumber: 103 },
    { number: 4, count: 5, isMissing: true, instanceNumber: null },
    { number: 5, count: 5, isMissing: false, instanceNumber: 105 },
  ])
})

it('tells of planes across the layers no number of a file', () => {
  const shown = toShownVolume(VOLUME, {} as never)
  expect(toSlicePosition(shown, 'coronal', 2)).toEqual({ number: 3, count: 3, isMissing: false, instanceNumber: null })
  expect(toSlicePosition(shown, 'sagittal', 0)).toEqual({ number: 1, count: 2, isMissing: false, instanceNumber: null })
})
