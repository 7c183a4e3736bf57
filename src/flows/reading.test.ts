import { beforeEach, describe, expect, it } from 'vitest'
import type { Utterance } from '../domain/speech/utterance.ts'
import type { UtteranceItem } from '../state/appState.ts'
import { createAppStore } from '../state/store.ts'
import { createHeavy } from './heavy.ts'
import { Reading, type ReadingDeps } from './reading.ts'

const utteranceOf = (id: string): Utterance => ({
  id,
  audio: new Float32Array(1600),
  sampleRateHz: 16000,
  startMs: 0,
  endMs: 100,
  source: 'microphone',
})

/** A journal in memory, and what was asked of it. */
function createMemoryJournal() {
  const kept = new Map<string, { studyId: string; item: UtteranceItem; utterance: Utterance }>()
  return {
    kept,
    put: (studyId: string, item: UtteranceItem, utterance: Utterance) =>
      void kept.set(item.id, { studyId, item, utterance }),
    remove: (id: string) => void kept.delete(id),
    list: async (studyId: string) => [...kept.values()].filter((entry) => entry.studyId === studyId),
  }
}

const volumeOf = (seed: number) => ({
  volume: { id: `phantom-${seed}`, hu: new Int16Array(1), size: [1, 1, 1], spacingMm: [1, 1, 1] },
  title: `Phantom ${seed}`,
  description: '',
})

function createReading(journal = createMemoryJournal()) {
  const store = createAppStore()
  const viewer = { show: async () => {}, setHeat: () => {}, setCrosshair: () => {}, clear: () => {} }
  const volumes = new Map<string, never>()
  const shelf = {
    put: (id: string, volume: unknown) => void volumes.set(id, volume as never),
    get: (id: string) => volumes.get(id),
    has: (id: string) => volumes.has(id),
    hold() {},
  }
  const deps = {
    screen: store,
    heavy: createHeavy(shelf),
    viewer,
    comparisonViewer: viewer,
    journal,
    currentPlace: () => null,
    phantoms: { renderPhantom: async (seed: number) => volumeOf(seed) },
  } as unknown as ReadingDeps
  return { reading: new Reading(deps), store, journal }
}

describe('a dictation', () => {
  let parts: ReturnType<typeof createReading>
  beforeEach(async () => {
    parts = createReading()
    await parts.reading.openPhantom(1)
  })

  const ids = () => parts.store.get().dictation.utterances.map((item) => item.id)

  it('keeps an utterance that no model can hear, with the reason', async () => {
    parts.store.patch('model', { phase: 'failed' })
    await parts.reading.hear(utteranceOf('a'))
    expect(parts.store.get().dictation.utterances[0]).toMatchObject({
      phase: 'failed',
      problem: { code: 'speech-missing' },
    })
    expect(parts.journal.kept.get('a')?.studyId).toBe('phantom-1')
  })

  it('holds an utterance spoken while the models load, without a complaint', async () => {
    parts.store.patch('model', { phase: 'working' })
    await parts.reading.hear(utteranceOf('a'))
    expect(parts.store.get().dictation.utterances[0].phase).toBe('encoding')
    expect(parts.store.get().notices).toEqual([])
  })

  it('gives a deleted utterance back in its place, and to the journal', async () => {
    for (const id of ['a', 'b', 'c']) await parts.reading.hear(utteranceOf(id))
    parts.reading.removeUtterance('b')
    expect(ids()).toEqual(['a', 'c'])
    expect(parts.journal.kept.has('b')).toBe(false)
    parts.reading.undoRemoveUtterance()
    expect(ids()).toEqual(['a', 'b', 'c'])
    expect(parts.journal.kept.has('b')).toBe(true)
  })

  it('belongs to its study: another study has its own, and it comes back with the first', async () => {
    await parts.reading.hear(utteranceOf('a'))
    await parts.reading.openPhantom(2)
    expect(ids()).toEqual([])
    await parts.reading.reopen('phantom-1')
    expect(ids()).toEqual(['a'])
  })

  it('survives a reload of the page', async () => {
    await parts.reading.hear(utteranceOf('a'))
    parts = createReading(parts.journal)
    await parts.reading.openPhantom(1)
    expect(ids()).toEqual(['a'])
  })
})

it('shows the study that was asked for last when an earlier one arrives late', async () => {
  const { reading, store } = createReading()
  const first = reading.openPhantom(1)
  const second = reading.openPhantom(2)
  await Promise.all([first, second])
  expect(store.get().study.current?.id).toBe('phantom-2')
})
