import 'fake-indexeddb/auto'
import { expect, it, vi } from 'vitest'
import type { Utterance } from '../domain/speech/utterance.ts'
import type { UtteranceItem } from '../state/appState.ts'
import { openJournal } from '../storage/journal.ts'
import { toDictationJournal } from './dictationJournal.ts'

const utteranceOf = (id: string): Utterance => ({
  id,
  studyId: 'study',
  audio: new Float32Array(160),
  sampleRateHz: 16000,
  startMs: 0,
  endMs: 10,
  source: 'microphone',
})
const EVENTS = { notify: () => undefined, onFirstWords: () => undefined }
const ITEM = {
  transcript: null,
  words: null,
  statements: [],
  place: null,
  isAdopted: false,
  isRecovered: false,
} as unknown as UtteranceItem

it('keeps the order of speaking when an utterance is written again, or deleted and brought back', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const stored = await openJournal()
  const journal = toDictationJournal(stored, EVENTS)
  const put = (id: string, now: number) => {
    vi.setSystemTime(now)
    journal.put('study', ITEM, utteranceOf(id))
  }
  put('a', 1000)
  put('b', 2000)
  put('a', 3000)
  journal.remove('a')
  put('a', 4000)
  expect((await journal.list('study')).kept.map(({ item }) => item.id)).toEqual(['a', 'b'])

  const reloaded = toDictationJournal(stored, EVENTS)
  await reloaded.list('study')
  vi.setSystemTime(9000)
  reloaded.remove('a')
  reloaded.put('study', ITEM, utteranceOf('a'))
  expect((await reloaded.list('study')).kept.map(({ item }) => item.id)).toEqual(['a', 'b'])
  vi.useRealTimers()
})

it('does not bring an utterance back that was removed in another tab while this one heard it', async () => {
  const stored = await openJournal()
  const journal = toDictationJournal(stored, EVENTS)
  const other = toDictationJournal(stored, EVENTS)
  journal.put('two tabs', ITEM, utteranceOf('c'))
  await journal.list('two tabs')
  other.remove('c')
  await other.list('two tabs')
  journal.update({ ...ITEM, id: 'c', transcript: 'heard late' })
  expect((await journal.list('two tabs')).kept).toEqual([])
})

it('gives utterances of another id to a study, marked, and keeps their words', async () => {
  const journal = toDictationJournal(await openJournal(), EVENTS)
  const words = [{ text: 'effusion', startSeconds: 0.2, endSeconds: 0.9, probability: 0.31 }]
  journal.put('legacy', { ...ITEM, transcript: 'effusion', words }, utteranceOf('d'))
  await journal.adopt('legacy', 'mine')
  expect((await journal.list('legacy')).kept).toEqual([])
  const [{ item, utterance }] = (await journal.list('mine')).kept
  expect(item).toMatchObject({ id: 'd', transcript: 'effusion', words, isAdopted: true })
  expect(utterance).toMatchObject({ id: 'd', studyId: 'mine', audio: new Float32Array(160) })
})
