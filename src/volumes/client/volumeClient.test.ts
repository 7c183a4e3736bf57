import { expect, test, vi } from 'vitest'
import { ChannelWorker } from '../../base/channelWorker.fixture.ts'
import type { CtInputSpec } from '../../domain/ct/ctInputSpec.ts'
import { SYNTAX, toEncapsulated } from '../../domain/volume/testing/encapsulate.ts'
import { encodeRle } from '../../domain/volume/testing/encodeRle.ts'
import { toFile, writeSyntheticSeries } from '../../domain/volume/testing/syntheticDicom.ts'
import type { VolumeApi } from '../volumeProtocol.ts'
import { createVolumeApi } from '../worker/volumeApi.ts'
import { createVolumeClient } from './volumeClient.ts'

const SPEC: CtInputSpec = {
  axisCodes: 'SLP',
  shape: [4, 4, 4],
  spacingMm: [2, 0.7, 0.8],
  interpolation: 'trilinear',
  sizeRounding: 'truncate',
  huClip: [-1000, 1000],
  huDivisor: 1000,
  padValue: -1,
  cropRule: 'centre',
}

/** Answers only when told to, so that a test can cancel or crash in between. */
const never = () => new Promise<never>(() => undefined)

function setUp(part: Partial<VolumeApi> = {}) {
  const workers: ChannelWorker[] = []
  const client = createVolumeClient({
    salt: '00112233445566778899aabbccddeeff',
    decodeSlices: async () => new Uint16Array(12).fill(24),
    createWorker: () => {
      const worker = new ChannelWorker({ ...createVolumeApi(), ...(workers.length === 0 ? part : {}) })
      workers.push(worker)
      return worker
    },
  })
  return { client, workers }
}

test('files become a list, a volume and the input of the encoder', async () => {
  const { client } = setUp()
  const listing = await client.listSeries([...writeSyntheticSeries(4), toFile('note.txt', Uint8Array.of(1, 2))])
  expect(listing.problems.map((problem) => problem.code)).toEqual(['file-not-recognised'])
  expect(listing.series.map((series) => series.size)).toEqual([[4, 3, 4]])
  const onProgress = vi.fn()
  const loaded = await client.loadSeries(listing.series[0].id, { onProgress })
  if (!loaded.ok) throw new Error(loaded.problem.message)
  expect(loaded.value.volume.hu[12]).toBe(-900)
  const calls = onProgress.mock.calls.length
  const input = await client.toCtInput(loaded.value.volume, SPEC)
  // Three rows centred in four: padding before 0, after 1.
  expect([...input.data.subarray(16, 20)].map((value) => Math.round(value * 10) / 10)).toEqual([-0.9, -0.9, -0.9, -1])
  expect(loaded.value.volume.hu.length).toBe(48)
  // What was under way when the volume came is not reported any more.
  expect(onProgress.mock.calls).toHaveLength(calls)
  client.dispose()
})

test('compressed slices are decoded by the codec of this thread', async () => {
  const pixels = toEncapsulated([encodeRle(new Uint16Array(12).fill(7))])
  const files = writeSyntheticSeries(3, { transferSyntaxUid: SYNTAX.rle, elements: { '7fe00010': ['OB', pixels] } })
  const { client } = setUp()
  const { series } = await client.listSeries(files)
  const loaded = await client.loadSeries(series[0].id)
  expect(loaded.ok && new Set(loaded.value.volume.hu)).toEqual(new Set([-1000]))
  client.dispose()
})

test('a series that was never listed is refused', async () => {
  const { client } = setUp()
  const loaded = await client.loadSeries('1.2.3')
  expect(loaded.ok ? null : loaded.problem.code).toBe('unknown-series')
})

test('cancelling ends the worker and the next job runs in a new one', async () => {
  const { client, workers } = setUp({ renderPhantom: never as never })
  const cancel = new AbortController()
  const rendering = client.renderPhantom(1, cancel.signal)
  await Promise.resolve()
  cancel.abort()
  await expect(rendering).rejects.toMatchObject({ name: 'AbortError' })
  expect((await client.listSeries(writeSyntheticSeries(3))).series).toHaveLength(1)
  expect(workers.map((worker) => worker.isTerminated)).toEqual([true, false])
  client.dispose()
})

test('progress is reported while files are read', async () => {
  const reported: (number | null)[] = []
  const { client } = setUp({
    async scanFiles(_, __, onProgress) {
      await onProgress('Reading headers', 0.5)
      return { series: [], problems: [], reports: [], segmentations: [] }
    },
  })
  await client.listSeries([], { onProgress: (_, fraction) => reported.push(fraction) })
  expect(reported).toEqual([0.5])
  client.dispose()
})

test('a prior is registered in the worker, which tells why it cannot be', async () => {
  const { client } = setUp()
  const { series } = await client.listSeries(writeSyntheticSeries(4))
  const loaded = await client.loadSeries(series[0].id)
  if (!loaded.ok) throw new Error(loaded.problem.message)
  const registered = await client.registerLungs(loaded.value.volume, loaded.value.volume)
  expect(registered.ok ? '' : registered.problem.code).toBe('no-lungs-to-register')
  client.dispose()
})

test('a job cancelled while it waits leaves the one under way alone', async () => {
  let isRunning = false
  let finish: () => void = () => undefined
  const { client, workers } = setUp({
    scanFiles: () => {
      isRunning = true
      return new Promise((resolve) => {
        finish = () => resolve({ series: [], problems: [], reports: [], segmentations: [] })
      })
    },
  })
  const listing = client.listSeries([])
  const cancel = new AbortController()
  const waiting = client.renderPhantom(1, cancel.signal)
  await vi.waitUntil(() => isRunning)
  cancel.abort()
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
  finish()
  expect((await listing).series).toEqual([])
  expect(workers.map((worker) => worker.isTerminated)).toEqual([false])
  client.dispose()
})

test('a crash is told with a next step, and the next job runs in a new worker', async () => {
  const { client, workers } = setUp({ loadSeries: never as never })
  const { series } = await client.listSeries(writeSyntheticSeries(3))
  const loading = client.loadSeries(series[0].id)
  await new Promise((resolve) => setTimeout(resolve))
  workers[0].crash('out of memory')
  const loaded = await loading
  expect(loaded.ok ? null : loaded.problem.code).toBe('volume-worker-crashed')
  expect(loaded.ok ? '' : loaded.problem.message).toContain('out of memory')
  expect((await client.loadSeries(series[0].id)).ok).toBe(true)
  expect(workers).toHaveLength(2)
  client.dispose()
})
