import { beforeEach, expect, it } from 'vitest'
import { success } from '../base/result.ts'
import type { Measure, MeasureShape } from '../domain/measure/measure.ts'
import { NO_HEADER, toAxialPlace } from '../domain/volume/testing/noHeader.ts'
import type { Volume } from '../domain/volume/volume.ts'
import { Desk } from '../session/desk.ts'
import { selectRead } from '../state/selectors.ts'
import { createAppStore } from '../state/store.ts'
import { parseMeasureRow, toMeasureRow } from '../storage/measureRow.ts'
import type { OwnTable } from '../storage/ownTable.ts'
import { VolumeStore } from '../storage/volumeStore.ts'
import type { Viewer } from '../viewer/viewer.ts'
import { toExportedMeasures } from './exportMeasures.ts'
import { History } from './history.ts'
import { Measures } from './measures.ts'
import { NO_ARCHIVE } from './noArchive.fixture.ts'
import { toPhantomStudy } from './openStudy.ts'

const axes = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
] as const
const volume: Volume = {
  id: 'study-a',
  size: [20, 20, 5],
  spacingMm: [1, 1, 2],
  originLpsMm: [0, 0, 0],
  directionLps: axes,
  hu: Int16Array.from({ length: 2000 }, (_, n) => n % 20),
  missing: [],
  sources: {
    kind: 'dicom',
    studyUid: '1.2',
    header: NO_HEADER,
    slices: [0, 1, 2, 3, 4].map((n) => ({
      seriesUid: '1.3',
      sopInstanceUid: `1.9.${n}`,
      sopClassUid: '1.4',
      frameOfReferenceUid: '1.5',
      frameNumber: null,
      instanceNumber: 50 - n,
      place: toAxialPlace(2 * n),
    })),
    layers: [[0], [1], [2], [3], [4]],
    isResampled: false,
  },
}

const line: MeasureShape = {
  kind: 'length',
  plane: { right: [1, 0, 0], up: [0, -1, 0] },
  points: [
    [1, 1, 4],
    [4, 5, 4],
  ],
}

/** By study: what the device keeps, as rows. */
let rows: Map<string, Map<string, unknown>>

function toTable(studyId: string): OwnTable<Measure> {
  const own = rows.get(studyId) ?? new Map<string, unknown>()
  rows.set(studyId, own)
  return {
    list: async () =>
      success({ items: [...own.values()].flatMap((row) => parseMeasureRow(row) ?? []), unreadableCount: 0 }),
    put: async (measure) => success(void own.set(measure.id, structuredClone(toMeasureRow(measure)))),
    remove: async (id) => success(void own.delete(id)),
    watch: () => undefined,
  }
}

function openApp() {
  const store = createAppStore()
  const volumes = new VolumeStore<Volume>({ budgetBytes: 1e6, toByteSize: () => 1, onEvict: () => undefined })
  const desk = new Desk({ screen: store, records: store, volumes })
  const viewer = { setCrosshair: () => undefined } as unknown as Viewer
  const history = new History(store, desk)
  const measures = new Measures({ screen: store, viewer, archive: NO_ARCHIVE, measureTable: toTable }, desk, history)
  const read = async (id: string) => {
    const session = desk.take(toPhantomStudy({ ...volume, id }, id, ''), { ...volume, id })
    desk.makeRead(session)
    await measures.restore(session)
    return session
  }
  const shown = () => selectRead(store.get())
  return {
    measures,
    history,
    read,
    notices: () => store.get().notices,
    shown: () => shown().measures,
    last: () => shown().history,
  }
}

beforeEach(() => {
  rows = new Map()
})

it('every change is written, survives another start of the app, and is taken back and done again one by one', async () => {
  const app = openApp()
  await app.read('study-a')
  app.measures.draw(line)
  const [{ measure, values }] = app.shown().items
  expect(values).toEqual([{ name: 'length', value: 5, unit: 'mm' }])
  app.measures.rename(measure.id, ' Nodule ')
  app.measures.reshape(measure.id, [
    [1, 1, 4],
    [1, 13, 4],
  ])
  const again = openApp()
  await again.read('study-a')
  expect(again.shown().items.map((item) => [item.measure.label, item.values[0].value])).toEqual([['Nodule', 12]])
  app.history.undo()
  app.history.undo()
  app.history.undo()
  expect(app.shown().items).toEqual([])
  expect(app.last()).toEqual({ undo: null, redo: { kind: 'measure', text: 'Length drawn' } })
  expect(rows.get('study-a')?.size).toBe(0)
  app.history.redo()
  app.history.redo()
  expect(app.shown().items[0].measure).toMatchObject({ label: 'Nodule', points: line.points })
  expect(app.last().redo?.text).toBe('Length “Nodule” changed')
  app.measures.remove(measure.id)
  expect(app.shown().items).toEqual([])
  expect(app.last()).toEqual({ undo: { kind: 'measure', text: 'Length “Nodule” deleted' }, redo: null })
})

it('measures stay with their study', async () => {
  const app = openApp()
  await app.read('study-a')
  app.measures.draw(line)
  await app.read('study-b')
  expect(app.shown().items).toEqual([])
  app.history.undo()
  await app.read('study-a')
  expect(app.shown().items).toHaveLength(1)
  expect([...rows.keys()].map((id) => rows.get(id)?.size)).toEqual([1, 0])
})

it('keys move one handle after the other, then the whole', async () => {
  const app = openApp()
  await app.read('study-a')
  app.measures.draw(line)
  app.measures.nextHandle()
  app.measures.nudge(2, 0)
  expect(app.shown().items[0].measure.points).toEqual([
    [3, 1, 4],
    [4, 5, 4],
  ])
  app.measures.nextHandle()
  app.measures.nextHandle()
  app.measures.nudge(0, 1)
  expect(app.shown().items[0].measure.points).toEqual([
    [3, 0, 4],
    [4, 4, 4],
  ])
})

it('exports value, unit, plane and place, and the UIDs of the slice with identity only; none of them is stored', async () => {
  const app = openApp()
  const session = await app.read('study-a')
  app.measures.draw(line)
  const source = { sopInstanceUid: '1.9.2', sopClassUid: '1.4', frameOfReferenceUid: '1.5' }
  expect(toExportedMeasures(session, true)).toMatchObject([
    {
      kind: 'length',
      values: [{ name: 'length', value: 5, unit: 'mm' }],
      plane: { name: 'axial' },
      pointsLpsMm: line.points,
      sources: [{ instanceNumber: 48, ...source }],
    },
  ])
  expect(toExportedMeasures(session, false)).toMatchObject([{ sources: [{ instanceNumber: 48, frameNumber: null }] }])
  expect(JSON.stringify(toExportedMeasures(session, false))).not.toContain('1.9.2')
  expect(JSON.stringify([...(rows.get('study-a')?.values() ?? [])])).not.toContain('1.9')
})

it('a row that is no measure is not read, and one with a damaged name keeps its geometry', () => {
  const row = {
    ...toMeasureRow({ ...line, id: 'a', studyId: 's', createdAtMs: 1, label: 'x', color: 'cyan', tie: null }),
  }
  expect(parseMeasureRow({ ...row, points: [[0, 0, 0]] })).toBeNull()
  expect(
    parseMeasureRow({
      ...row,
      points: [
        [0, 0, Number.NaN],
        [1, 1, 1],
      ],
    }),
  ).toBeNull()
  expect(parseMeasureRow({ ...row, version: 2 })).toBeNull()
  expect(parseMeasureRow({ ...row, label: 7, color: 'beige', tie: 'x' })).toMatchObject({
    label: '',
    color: 'yellow',
    tie: null,
    points: line.points,
  })
})
