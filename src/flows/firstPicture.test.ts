import { expect, it } from 'vitest'
import type { FirstSlice } from '../domain/volume/firstSlice.ts'
import { createAppStore } from '../state/store.ts'
import { toPicture } from './firstPicture.ts'
import { endOpening, listStudies, type OpenStudyDeps, openSeries } from './openStudy.ts'

const SLICE: FirstSlice = {
  path: 'lung/1.dcm',
  sopInstanceUid: '1.2',
  identity: null,
  title: 'Lung 1.0',
  size: [3, 1],
  spacingMm: [0.5, 1],
  hu: Int16Array.of(-2000, -600, 2000),
}

const NEVER = new AbortController().signal
const never = () => new Promise<never>(() => undefined)

/** A drop of two series; the slice that is read first is of one, or of neither. */
function setUp(firstSliceSeriesId: string | null) {
  const store = createAppStore()
  const series = ['lung', 'soft'].map((id) => ({ id, chestScore: 1, title: id }))
  const source = {
    list: async (_: unknown, { onFirstSlice }: { onFirstSlice(slice: FirstSlice): void }) => {
      onFirstSlice(SLICE)
      return { series, problems: [], firstSliceSeriesId }
    },
    open: never,
  }
  const deps = { screen: store, source } as unknown as OpenStudyDeps
  return { store, deps, pictureOf: () => store.get().desk.firstSlice?.title ?? null }
}

it('draws a slice in the window that is set, black below and white above, with pixels as high as they are', () => {
  const picture = toPicture(SLICE, { windowWidthHu: 1500, windowCenterHu: -600 })
  expect([...picture.grey]).toEqual([0, 128, 255])
  expect(picture).toMatchObject({ seriesId: null, size: [3, 1], pixelAspect: 2 })
})

it('shows the slice while its own series is opened, and no longer', async () => {
  const { store, deps, pictureOf } = setUp('lung')
  await listStudies(deps, [], NEVER)
  void openSeries(deps, 'lung', NEVER)
  expect(pictureOf()).toBe('Lung 1.0')
  endOpening(store)
  expect(pictureOf()).toBeNull()
})

it.each([
  ['another series is opened', 'lung'],
  ['it is of no series that is listed', null],
])('takes the slice away where %s', async (_, firstSliceSeriesId) => {
  const { deps, pictureOf } = setUp(firstSliceSeriesId)
  await listStudies(deps, [], NEVER)
  void openSeries(deps, 'soft', NEVER)
  expect(pictureOf()).toBeNull()
})

it('shows nothing of a drop that was given up', async () => {
  const { deps, pictureOf } = setUp('lung')
  await listStudies(deps, [], AbortSignal.abort())
  expect(pictureOf()).toBeNull()
})
