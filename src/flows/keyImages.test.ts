import { beforeEach, expect, it } from 'vitest'
import { success } from '../base/result.ts'
import { VIEW_PLANES } from '../domain/geometry/viewPlane.ts'
import type { KeyImage, SeenImage } from '../domain/keyImage/keyImage.ts'
import { writeSeries } from '../domain/report/seriesSample.fixture.ts'
import { openVolumeForTest } from '../domain/volume/testing/openForTest.ts'
import { Desk } from '../session/desk.ts'
import { selectRead } from '../state/selectors.ts'
import { createAppStore } from '../state/store.ts'
import { toExportedKeyImages } from './exportKeyImages.ts'
import { History } from './history.ts'
import { KeyImages } from './keyImages.ts'
import { Measures } from './measures.ts'
import { NO_ARCHIVE } from './noArchive.fixture.ts'
import { NO_OWN } from './noOwn.fixture.ts'
import { studyOf } from './oneStudy.fixture.ts'

const { volume } = await openVolumeForTest(writeSeries())
/** On the eighth of twelve layers from the feet. */
const POINT = [0, 0, 12.5 + 2.5 * 7] as const
const SEEN: SeenImage = {
  plane: 'axial',
  planes: VIEW_PLANES,
  pointLpsMm: POINT,
  window: { widthHu: 400, centerHu: 40 },
  isInverted: false,
  colorMap: 'grey',
  slab: null,
  framing: null,
  thumbnail: null,
  picture: null,
}

let rows: Map<string, KeyImage>
let noted: { id: string; title: string }[]
beforeEach(() => {
  rows = new Map()
  noted = []
})

async function openApp(id = 'study-a') {
  const store = createAppStore()
  const shelf = { put() {}, get: () => volume, has: () => true, hold() {} }
  const desk = new Desk({ screen: store, records: store, volumes: shelf })
  const history = new History(store, desk)
  const archive = { ...NO_ARCHIVE, note: async (study: { id: string; title: string }) => void noted.push(study) }
  const keyImageTable = () => ({
    list: async () => success({ items: [...rows.values()], unreadableCount: 0 }),
    put: async (image: KeyImage) => success(void rows.set(image.id, image)),
    remove: async (gone: string) => success(void rows.delete(gone)),
    watch: () => undefined,
  })
  const images = new KeyImages({ screen: store, archive, keyImageTable }, desk, history)
  const viewer = { setCrosshair: () => undefined } as never
  const measures = new Measures({ screen: store, viewer, archive, measureTable: () => NO_OWN }, desk, history)
  const study = desk.take(studyOf(id), volume)
  desk.makeRead(study)
  await Promise.all([images.restore(study), measures.restore(study)])
  const items = () => selectRead(store.get()).keyImages.items
  return { store, desk, history, images, measures, study, items }
}

it('a key image has its slice, the measures on it and a note; it is kept, taken back, and told with the way back', async () => {
  const app = await openApp()
  const plane = { right: [1, 0, 0], up: [0, -1, 0] } as const
  app.measures.draw({ kind: 'probe', plane, points: [POINT] })
  app.measures.draw({ kind: 'probe', plane, points: [[0, 0, 12.5]] })
  app.images.mark('study-a', SEEN)
  const [item] = app.items()
  expect(item).toMatchObject({
    slice: { number: 5, count: 12, instanceNumber: 8 },
    measureIds: [app.study.state.measures.items[0].measure.id],
  })
  app.images.describe(item.id, ' nodule ')
  expect(app.images.toText()).toBe('Key image, axial 5 / 12 (instance 8): nodule')
  const told = app.store.get().notices.map(({ told: { code, undoes } }) => [code, undoes])
  expect(told).toEqual([['key-image-marked', 'Key image marked, Axial 5 / 12']])
  expect((await openApp()).items().map(({ note }) => note)).toEqual(['nodule'])
  app.history.undo()
  expect(app.study.state.history.undo?.text).toBe(told[0][1])
  app.history.undo()
  expect([app.items(), rows.size]).toEqual([[], 0])
  app.history.redo()
  expect(app.items()).toHaveLength(1)
  app.images.remove(item.id)
  expect(app.items()).toEqual([])
})

it('a study in which only a key image was marked is named for a later visit, and no longer once it is gone', async () => {
  const app = await openApp()
  app.images.mark('study-a', SEEN)
  expect(noted.at(-1)).toMatchObject({ id: 'study-a', title: 'study-a' })
  app.history.undo()
  expect(noted.at(-1)).toMatchObject({ id: 'study-a', title: '' })
})

it('exports how it was seen and the images behind it, their UIDs with identity only', async () => {
  const app = await openApp()
  app.images.mark('study-a', { ...SEEN, slab: { mode: 'mip', thicknessMm: 5 } })
  app.images.mark('study-a', { ...SEEN, plane: 'coronal' })
  const [slab, coronal] = toExportedKeyImages(app.study, false) as Record<string, unknown>[]
  expect(slab).toMatchObject({
    isOfSourcePlane: true,
    sources: [7, 8, 9].map((instanceNumber) => ({ instanceNumber })),
  })
  expect(coronal).toMatchObject({ isOfSourcePlane: false, sources: [{ instanceNumber: 8 }] })
  expect(JSON.stringify([slab, coronal])).not.toContain('sopInstanceUid')
  expect(JSON.stringify(toExportedKeyImages(app.study, true))).toContain('1.2.826.0.1.3680043.10.1.3.8')
})
