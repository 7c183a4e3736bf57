import { expect, it } from 'vitest'
import { success } from '../base/result.ts'
import { NO_EDITS } from '../domain/statements/edits.ts'
import type { SeriesSummary } from '../domain/volume/series.ts'
import type { Volume } from '../domain/volume/volume.ts'
import type { UtteranceItem } from '../state/appState.ts'
import type { Viewer } from '../viewer/viewer.ts'
import { createReading } from './desk.fixture.ts'

const GEOMETRY = {
  size: [3, 3, 3],
  spacingMm: [1, 1, 1],
  originLpsMm: [0, 0, 0],
  directionLps: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
} as const

const seriesOf = (id: string, kernel: string, frameOfReferenceUid = 'f') =>
  ({
    id,
    title: id,
    format: 'dicom',
    kernel,
    chestScore: 60,
    identity: { studyUid: '1', patientId: 'p' },
    place: { frameOfReferenceUid, geometry: GEOMETRY },
  }) as SeriesSummary

/** Lung and soft kernel of one scan, and a series in another frame of reference, the first one open. */
async function openScan() {
  const shown: (readonly [string, boolean])[] = []
  const opened: string[] = []
  const viewer = {
    show: async ({ id }: Volume, onReveal?: () => void, isPlaceKept = false) => {
      shown.push([id, isPlaceKept])
      onReveal?.()
    },
    setHeat() {},
    setCrosshair() {},
    setOverlays() {},
    setWindow() {},
    clear() {},
  } as unknown as Viewer
  const parts = createReading({
    viewer,
    source: {
      list: async () => ({
        series: [seriesOf('lung', 'B60f'), seriesOf('soft', 'B30f'), seriesOf('later', 'B30f', 'g')],
        problems: [],
      }),
      async open(id: string) {
        opened.push(id)
        const volume = { ...GEOMETRY, id, hu: new Int16Array(27), missing: [] }
        return success({ volume, key: { id, content: id, legacyId: id }, identity: null, notices: [] })
      },
    },
  })
  await parts.reading.openFiles([new File([], 'a')])
  const window = () => {
    const { windowWidthHu, windowCenterHu } = parts.store.get().view
    return [windowWidthHu, windowCenterHu]
  }
  return { ...parts, shown, opened, window, next: () => parts.reading.flick.next() }
}

it('shows the other kernel at the same place in its own window, and the second time from memory', async () => {
  const { next, shown, opened, window, store } = await openScan()
  store.view.setWindow(null, 1234, -500)
  await next()
  expect(window()).toEqual([400, 40])
  store.view.setWindow(null, 350, 50)
  await next()
  expect(window()).toEqual([1234, -500])
  await next()
  expect(window()).toEqual([350, 50])
  expect(shown).toEqual([
    ['lung', false],
    ['soft', true],
    ['lung', true],
    ['soft', true],
  ])
  expect(opened).toEqual(['lung', 'soft'])
})

it('words stay with the series that they were said of, which is told once', async () => {
  const { next, reading, store } = await openScan()
  const said = { id: 'u', transcript: null, words: null, statements: [], edits: NO_EDITS } as unknown as UtteranceItem
  const { studies } = store.get()
  store.putStudy('lung', { ...studies.lung, dictation: { ...studies.lung.dictation, utterances: [said] } })
  await next()
  expect(store.get().desk.readId).toBe('soft')
  expect(store.get().studies.soft.dictation.utterances).toEqual([])
  expect(store.get().notices.map(({ told }) => told.code)).toEqual(['words-of-other-series'])
  store.dismissNotice(store.get().notices[0].id)
  await next()
  expect(store.get().studies.lung.dictation.utterances).toEqual([said])
  await reading.flick.next()
  expect(store.get().notices).toEqual([])
})

it('pressed twice while one is on its way it turns once', async () => {
  const { reading, store } = await openScan()
  await Promise.all([reading.flick.next(), reading.flick.next()])
  expect(store.get().desk.readId).toBe('soft')
})
