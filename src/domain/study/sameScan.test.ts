import { expect, it, test } from 'vitest'
import type { SeriesSummary } from '../volume/series.ts'
import type { VolumeGeometry } from '../volume/volume.ts'
import { listSameScan, toSuitedWindow } from './sameScan.ts'

const IDENTITY = { studyUid: '1', patientId: 'p' } as SeriesSummary['identity']

const geometryOf = (layers: number, stepMm: number, z = 0): VolumeGeometry => ({
  size: [512, 512, layers],
  spacingMm: [0.7, 0.7, stepMm],
  originLpsMm: [0, 0, z],
  directionLps: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
})

const seriesOf = (id: string, change: Partial<SeriesSummary> = {}): SeriesSummary => ({
  id,
  identity: IDENTITY,
  format: 'dicom',
  kind: 'CT',
  title: id,
  sliceCount: 300,
  spacingMm: [0.7, 0.7, 1],
  size: [512, 512, 300],
  kernel: 'B60f',
  chestScore: 80,
  reason: '',
  place: { frameOfReferenceUid: 'f', geometry: geometryOf(300, 1) },
  ...change,
})

const LUNG = seriesOf('lung')
const placeOf = (geometry: VolumeGeometry, frameOfReferenceUid = 'f') => ({ place: { frameOfReferenceUid, geometry } })

it.each([
  ['thicker slices of it', placeOf(geometryOf(60, 5, 2))],
  [
    'its stack the other way round',
    placeOf({
      ...geometryOf(300, -1, 299),
      spacingMm: [0.7, 0.7, 1],
      directionLps: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, -1],
      ],
    }),
  ],
])('%s are of one scan', (_, change) => {
  const all = [seriesOf('other', change), LUNG]
  expect(listSameScan(LUNG, all).map(({ id }) => id)).toEqual(['other', 'lung'])
})

it.each([
  ['another frame of reference', placeOf(geometryOf(300, 1), 'g')],
  ['another study', { identity: { ...IDENTITY, studyUid: '2' } as SeriesSummary['identity'] }],
  ['no study', { identity: null }],
  ['another patient', { identity: { ...IDENTITY, patientId: 'q' } as SeriesSummary['identity'] }],
  ['the abdomen', placeOf(geometryOf(300, 1, -200))],
  [
    'a reformat',
    placeOf({
      ...geometryOf(300, 1),
      directionLps: [
        [1, 0, 0],
        [0, 0, -1],
        [0, 1, 0],
      ],
    }),
  ],
  ['one that cannot be opened', { chestScore: 0 }],
  ['one without a place', { place: undefined }],
])('%s is another scan', (_, change) => {
  expect(listSameScan(LUNG, [LUNG, seriesOf('other', change)])).toEqual([LUNG])
})

test.each([
  ['B60f', 'Thorax', 'lung'],
  ['B30f', 'Lung', 'mediastinum'],
  [null, 'Lung 1.0', 'lung'],
  [null, 'Soft tissue', 'mediastinum'],
  [null, 'Thorax', null],
])('kernel %s of “%s” is looked at in the window %s', (kernel, title, window) => {
  expect(toSuitedWindow(seriesOf('a', { kernel, title }))).toBe(window)
})
