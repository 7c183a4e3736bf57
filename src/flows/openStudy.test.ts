import { expect, it } from 'vitest'
import type { Problem } from '../base/result.ts'
import { createAppStore } from '../state/store.ts'
import { listStudies, type OpenStudyDeps } from './openStudy.ts'

const NEVER = new AbortController().signal

const createDeps = (series: unknown[], problems: Problem[]) => {
  const store = createAppStore()
  const deps = { screen: store, source: { list: async () => ({ series, problems }) } } as unknown as OpenStudyDeps
  return { store, deps }
}

it('gives the series that can be opened, best first, and lists all', async () => {
  const series = [
    { id: 's2', chestScore: 5, title: 'Chest 1.0', reason: 'thin' },
    { id: 's3', chestScore: 2, title: 'Abdomen', reason: 'thick' },
    { id: 's1', chestScore: 0, title: 'MR', reason: 'not CT' },
  ]
  const { store, deps } = createDeps(series, [])
  const { scans } = await listStudies(deps, [], NEVER)
  expect(scans.map(({ id }) => id)).toEqual(['s2', 's3'])
  expect(store.get().desk.series).toBe(series)
})

it('says why when no series can be opened, and the open study stays', async () => {
  const series = [{ id: 's1', chestScore: 0, title: 'T2 brain', reason: 'MR series; VoxCT reads CT' }]
  const refusal = { code: 'not-ct', message: 'T2 brain is an MR series.', nextStep: 'Drop a chest CT.' }
  const { store, deps } = createDeps(series, [refusal])
  store.patch('desk', { readId: 'one' })
  expect((await listStudies(deps, [], NEVER)).scans).toEqual([])
  expect(store.get().notices.map(({ told }) => told)).toEqual([refusal])
  expect(store.get().desk).toMatchObject({ readId: 'one', phase: 'ready', progress: null })
})

it('hands the signal and the progress on to what reads the headers', async () => {
  const store = createAppStore()
  const opening = new AbortController()
  const source = {
    list: async (
      _files: unknown,
      { signal, onProgress }: { signal: AbortSignal; onProgress: (...a: unknown[]) => void },
    ) => {
      onProgress('Reading headers', 0.25)
      expect(store.get().desk.progress).toEqual({ label: 'Reading headers', fraction: 0.25 })
      opening.abort()
      onProgress('Reading headers', 0.5)
      signal.throwIfAborted()
    },
  }
  const { scans } = await listStudies({ screen: store, source } as unknown as OpenStudyDeps, [], opening.signal)
  expect(scans).toEqual([])
  expect(store.get().desk.progress?.fraction).toBe(0.25)
  expect(store.get().notices).toEqual([])
})
