import { expect, it } from 'vitest'
import { failure, success } from '../base/result.ts'
import { toVolumeGrid } from '../domain/geometry/grid.ts'
import type { LabelNote } from '../domain/overlay/labelMap/labelNote.ts'
import type { VolumeGeometry } from '../domain/volume/volume.ts'
import { createReading } from './desk.fixture.ts'

const GEOMETRY: VolumeGeometry = {
  size: [8, 8, 8],
  spacingMm: [1, 1, 1],
  originLpsMm: [0, 0, 0],
  directionLps: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
}
const BOX = { from: [1, 1, 1], to: [3, 3, 3] } as const

const noteOf = (change: Partial<LabelNote> = {}): LabelNote => ({
  certainty: 'sure',
  count: 1,
  geometry: GEOMETRY,
  box: BOX,
  ...change,
})

interface Listed {
  readonly id: string
  readonly labels?: LabelNote
  readonly studyUid?: string
}

/** A drop of these, in this order; every volume is the same cube. */
function createDrops(format = 'nifti') {
  const opened: string[] = []
  const read: string[] = []
  let drop: readonly Listed[] = []
  const parts = createReading({
    source: {
      list: async () => ({
        series: drop.map(({ id, labels, studyUid }) => ({
          id,
          title: id,
          format,
          chestScore: labels ? 5 : 60,
          identity: studyUid ? { studyUid } : null,
          size: GEOMETRY.size,
          spacingMm: GEOMETRY.spacingMm,
          ...(labels && { labels }),
        })) as never,
        problems: [],
      }),
      async open(id: string) {
        opened.push(id)
        const volume = { ...GEOMETRY, id, hu: new Int16Array(512), missing: [] }
        return success({ volume, key: { id, content: id, legacyId: id }, identity: null, notices: [] })
      },
    },
    async readLabels(id) {
      read.push(id)
      if (id.startsWith('broken')) return failure({ code: 'labels-empty', message: id, nextStep: '' })
      const frames = [{ layer: 0, segment: 0 }]
      const grid = toVolumeGrid({ ...GEOMETRY, size: [1, 1, 1] })
      const voxels = { grid, frames, pixels: Uint8Array.of(3), bits: 8 as const, threshold: 1 }
      const extents = [{ number: 3, ml: 0.001, pointLpsMm: [1, 2, 3] as const }]
      return success({
        kind: 'label map',
        parts: [voxels],
        outlines: [],
        id,
        path: id,
        name: id,
        segments: [],
        extents,
      })
    },
  })
  const { store, reading } = parts
  return {
    ...parts,
    opened,
    read,
    notices: () => store.get().notices,
    overlays: () => store.get().studies[store.get().desk.readId ?? ''].overlays.items.map(({ id }) => id),
    async drop(...listed: readonly Listed[]) {
      drop = listed
      await reading.openFiles([new File([], 'a')])
    },
  }
}

it('beside a scan a label map is laid over it and opens nothing', async () => {
  const { drop, opened, overlays, notices } = createDrops()
  await drop({ id: 'ct' }, { id: 'seg', labels: noteOf() })
  expect([opened, overlays(), notices()]).toEqual([['ct'], ['seg'], []])
})

it('after a scan it is laid over the one that is read, whose list of series stays', async () => {
  const { drop, opened, overlays, store } = createDrops()
  await drop({ id: 'ct' })
  await drop({ id: 'seg', labels: noteOf() })
  expect([opened, overlays()]).toEqual([['ct'], ['seg']])
  const { desk } = store.get()
  expect(desk.series.map(({ id }) => id)).toEqual(['ct'])
  expect([desk.phase, desk.readId, desk.progress]).toEqual(['ready', 'ct', null])
})

it('alone it opens as a scan', async () => {
  const { drop, opened, overlays, notices } = createDrops()
  await drop({ id: 'seg', labels: noteOf() })
  expect([opened, overlays(), notices()]).toEqual([['seg'], [], []])
})

it.each([
  ['in doubt', noteOf({ certainty: 'doubtful' }), 'labels-doubtful', ['overlays.layOver', 'overlays.openAsScan']],
  [
    'elsewhere in the patient',
    noteOf({ geometry: { ...GEOMETRY, originLpsMm: [100, 0, 0] } }),
    'labels-elsewhere',
    ['overlays.openAsScan'],
  ],
])('%s it is asked about, and nothing is done before', async (_, labels, code, commands) => {
  const { drop, opened, overlays, notices } = createDrops()
  await drop({ id: 'ct' }, { id: 'seg', labels })
  expect([opened, overlays()]).toEqual([['ct'], []])
  expect(notices().map(({ told }) => told.code)).toEqual([code])
  expect(notices()[0].told.choices?.map(({ command }) => command)).toEqual(commands)
})

it('of several scans of one grid it is asked which it belongs to; series of one study are one scan', async () => {
  const several = createDrops()
  await several.drop({ id: 'a' }, { id: 'b' }, { id: 'seg', labels: noteOf() })
  expect(several.notices().map(({ told }) => told.code)).toEqual(['labels-of-unknown-scan'])
  const one = createDrops()
  await one.drop({ id: 'a', studyUid: '1' }, { id: 'b', studyUid: '1' }, { id: 'seg', labels: noteOf() })
  expect([one.notices(), one.overlays()]).toEqual([[], ['seg']])
})

it('the demo case takes none unasked, and either answer is heeded', async () => {
  const { drop, reading, overlays, opened, notices } = createDrops('phantom')
  await drop({ id: 'demo' })
  await drop({ id: 'seg', labels: noteOf() })
  expect(notices().map(({ told }) => told.code)).toEqual(['labels-of-unknown-scan'])
  await reading.labelMaps.layOver('seg')
  expect(overlays()).toEqual(['seg'])
  await reading.studies.chooseSeries('seg')
  expect(opened).toEqual(['demo', 'seg'])
  expect(overlays()).toEqual([])
})

it('over another scan it does not lie, and over its own again', async () => {
  const { drop, reading, overlays } = createDrops()
  await drop({ id: 'ct' }, { id: 'seg', labels: noteOf() })
  await drop({ id: 'other' })
  expect(overlays()).toEqual([])
  await reading.studies.reopen('ct')
  expect(overlays()).toEqual(['seg'])
})

it('one that cannot be read is told', async () => {
  const { drop, notices, overlays } = createDrops()
  await drop({ id: 'ct' }, { id: 'broken', labels: noteOf() })
  expect(notices().map(({ told }) => told.code)).toEqual(['labels-empty'])
  expect(overlays()).toEqual([])
})
