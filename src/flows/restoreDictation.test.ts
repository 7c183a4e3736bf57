import { expect, it } from 'vitest'
import type { Volume } from '../domain/volume/volume.ts'
import { StudySession } from '../session/studySession.ts'
import { createAppStore } from '../state/store.ts'
import type { DictationJournal } from './dictationJournal.ts'
import { restoreDictation } from './showStudy.ts'

/** 100 layers of 2 mm, the lowest at I 50. */
const VOLUME = {
  size: [4, 4, 100],
  spacingMm: [1, 1, 2],
  originLpsMm: [0, 0, -50],
  directionLps: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
} as unknown as Volume

it('counts the slices of what was said on an earlier visit as the views do, whatever number was kept', async () => {
  const places = [
    { orientation: 'axial', sliceNumber: null, pointLpsMm: [0, 0, -50] },
    { orientation: 'axial', sliceNumber: 40, pointLpsMm: [0, 0, 146] },
    { orientation: 'coronal', sliceNumber: 2, pointLpsMm: [0, 2, 0] },
    { orientation: 'axial', sliceNumber: null, pointLpsMm: [0, 0, 0], studyId: 'beside' },
  ]
  const kept = places.map((place, n) => ({ item: { id: `u${n}`, place }, utterance: { id: `u${n}` } }))
  const journal = { list: async () => ({ kept, unreadableCount: 0 }) } as unknown as DictationJournal
  const study = new StudySession(createAppStore(), { id: 'study-1' } as never, () => VOLUME)
  await restoreDictation(journal, study)
  const numbers = study.state.dictation.utterances.map(({ place }) => place?.sliceNumber)
  expect(numbers).toEqual([100, 2, 3, null])
})
