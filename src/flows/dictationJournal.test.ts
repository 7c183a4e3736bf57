import 'fake-indexeddb/auto'
import { expect, it, vi } from 'vitest'
import type { Utterance } from '../domain/speech/utterance.ts'
import type { UtteranceItem } from '../state/appState.ts'
import { openJournal } from '../storage/journal.ts'
import { toDictationJournal } from './dictationJournal.ts'

const utteranceOf = (id: string): Utterance => ({
  id,
  audio: new Float32Array(160),
  sampleRateHz: 16000,
  startMs: 0,
  endMs: 10,
  source: 'microphone',
})
const ITEM = { transcript: null, said: [], place: null } as unknown as UtteranceItem

it('keeps the order of speaking when an utterance is written again, or deleted and brought back', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const stored = await openJournal()
  const journal = toDictationJournal(stored, () => undefined)
  const put = (id: string, now: number) => {
    vi.setSystemTime(now)
    journal.put('study', ITEM, utteranceOf(id))
  }
  put('a', 1000)
  put('b', 2000)
  put('a', 3000)
  journal.remove('a')
  put('a', 4000)
  expect((await journal.list('study')).map(({ item }) => item.id)).toEqual(['a', 'b'])

  const reloaded = toDictationJournal(stored, () => undefined)
  await reloaded.list('study')
  vi.setSystemTime(9000)
  reloaded.remove('a')
  reloaded.put('study', ITEM, utteranceOf('a'))
  expect((await reloaded.list('study')).map(({ item }) => item.id)).toEqual(['a', 'b'])
  vi.useRealTimers()
})
