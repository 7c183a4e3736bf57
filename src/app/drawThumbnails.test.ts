import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createPhantomCase } from '../../phantom/phantomCase.ts'
import { renderMiddleSlice } from '../../phantom/renderMiddleSlice.ts'
import { createTestContext, showStudy } from '../commands/context.fixture.ts'
import { THUMBNAIL_SIDE, toThumbnail } from '../domain/retrieval/own/thumbnail.ts'
import type { SeriesSummary } from '../domain/volume/series.ts'
import type { SimilarCase } from '../state/appState.ts'
import { NEW_STUDY } from '../state/studyState.ts'
import { drawThumbnails } from './drawThumbnails.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const PICTURE = { width: 1, height: 1, grey: Uint8Array.of(7) }
const caseOf = (seed: number | null, thumbnail: string | null = null) =>
  ({ id: `${seed}`, seed, thumbnail }) as SimilarCase

/** A list with two phantoms, one of them twice, a case of files and one that has its picture. */
function setUp() {
  const { store } = createTestContext()
  const asked: number[] = []
  const listed: string[] = []
  drawThumbnails(store, {
    async ofSeed(seed) {
      asked.push(seed)
      if (seed === 2) throw new Error('no memory')
      return PICTURE
    },
    async ofSeries(id) {
      listed.push(id)
      return id === 'many-frames' ? null : PICTURE
    },
  })
  const cases = [caseOf(1), caseOf(null), caseOf(2), caseOf(1), caseOf(3, 'data:,')]
  const list = () => showStudy(store, { similar: { ...NEW_STUDY.similar, cases } })
  return { store, asked, listed, list }
}

it('draws each phantom of the list once, when nothing else has been wanted for a while', async () => {
  const { store, asked, list } = setUp()
  list()
  expect(asked).toEqual([])
  await vi.advanceTimersByTimeAsync(2000)
  expect(asked).toEqual([1, 2])
  expect(store.get().pictures.ofSeed[1]).toMatch(/^data:image\/png/)
  expect(store.get().pictures.ofSeed[2]).toBe('')
  list()
  await vi.advanceTimersByTimeAsync(2000)
  expect(asked).toEqual([1, 2])
})

it('draws each series that opens as a scan, those of earlier drops too; what would cost too much has none', async () => {
  const { store, listed } = setUp()
  const series = (id: string, change: Partial<SeriesSummary> = {}) =>
    ({ id, chestScore: 60, ...change }) as SeriesSummary
  const labels = {} as SeriesSummary['labels']
  const [now, before] = [
    [series('ct'), series('scout', { chestScore: 0 })],
    [series('many-frames'), series('seg', { labels })],
  ]
  store.patch('desk', { series: now, drops: [before, now] })
  await vi.advanceTimersByTimeAsync(2000)
  expect(listed).toEqual(['ct', 'many-frames'])
  expect(store.get().pictures.ofSeries).toEqual({ ct: expect.stringMatching(/^data:image\/png/), 'many-frames': '' })
})

it('waits while the microphone is on', async () => {
  const { store, asked, list } = setUp()
  store.patch('microphone', { status: 'listening' })
  list()
  await vi.advanceTimersByTimeAsync(5000)
  expect(asked).toEqual([])
  store.patch('microphone', { status: 'off' })
  await vi.advanceTimersByTimeAsync(2000)
  expect(asked).toEqual([1, 2])
})

it('a phantom’s middle slice is drawn alone: air around, lungs and soft tissue within, under 20 kB', () => {
  const volume = renderMiddleSlice(createPhantomCase(4_000_000), THUMBNAIL_SIDE)
  expect(volume.size).toEqual([96, 96, 1])
  const { width, height, grey } = toThumbnail(volume)
  expect([width, height]).toEqual([96, 96])
  expect(grey[0]).toBeLessThan(60)
  const share = (is: (value: number) => boolean) => grey.filter(is).length / grey.length
  expect(share((value) => value > 200)).toBeGreaterThan(0.15)
  expect(share((value) => value < 90)).toBeGreaterThan(0.3)
  expect(width * height).toBeLessThan(20_000)
})
