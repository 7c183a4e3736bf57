import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { createSaltedHasher } from '../base/saltedHash.ts'
import { NO_EDITS } from '../domain/statements/edits.ts'
import { VoxctDatabase } from './database.ts'
import { hideLegacyIds } from './hideLegacyIds.ts'
import { openJournal } from './journal.ts'
import type { JournalEntry } from './journalRow.ts'
import { createStudyArchive } from './studyArchive.ts'

const entryOf = (id: string, studyId: string): JournalEntry => ({
  id,
  studyId,
  createdAtMs: 1,
  audio: new Float32Array(16),
  startMs: 0,
  endMs: 1,
  source: 'microphone',
  transcript: null,
  words: null,
  statements: [],
  edits: NO_EDITS,
  place: null,
  isAdopted: false,
})

async function setUp(name: string) {
  const database = new VoxctDatabase(name)
  const journal = await openJournal(database)
  const hasher = await createSaltedHasher('00'.repeat(16))
  return { database, journal, hasher, archive: createStudyArchive({ journal, hasher, database }) }
}

const OLD_ID = 'nifti-doe_jane.nii.gz-1234'

it('hides the ids of version 0.3.0, which named files, and finds what lies under them', async () => {
  const { database, journal, hasher, archive } = await setUp('legacy')
  await journal.put(entryOf('a', OLD_ID))
  await journal.put(entryOf('b', 'phantom-7'))
  await hideLegacyIds(hasher, database)
  await hideLegacyIds(hasher, database)
  const ids = await database.utterances.orderBy('studyId').keys()
  expect(ids.map(String)).toEqual([expect.stringMatching(/^legacy-[0-9a-f]{32}$/), 'phantom-7'])
  expect(JSON.stringify(ids)).not.toContain('doe')
  const hidden = archive.toLegacyId(OLD_ID)
  expect(hidden).toBe(ids[0])
  expect(archive.toLegacyId(hidden)).toBe(hidden)
  expect(await archive.countUtterances(hidden)).toBe(1)
  expect(archive.toLegacyId('nifti-other.nii-1234')).not.toBe(hidden)
})

it('lists studies that something was said about after a reload, and names those it knows', async () => {
  const before = await setUp('waiting')
  const study = {
    id: 'study-1',
    content: 'c1',
    title: 'Chest 1.0',
    subtitle: 'CT · 300 slices',
    format: 'dicom',
    openedAtMs: 5,
  }
  await before.archive.note(study)
  await before.archive.note({ ...study, id: 'study-silent' })
  for (const id of ['a', 'b']) await before.journal.put(entryOf(id, 'study-1'))
  await before.journal.put(entryOf('c', 'legacy-x'))
  before.database.close()
  const { archive } = await setUp('waiting')
  expect(await archive.listWaiting()).toEqual([
    { ...study, utteranceCount: 2 },
    expect.objectContaining({ id: 'legacy-x', title: 'A study of an earlier version', utteranceCount: 1 }),
  ])
  expect(await archive.find('study-1')).toEqual(study)
  await archive.forget('study-1')
  expect((await archive.listWaiting()).map(({ id }) => id)).toEqual(['legacy-x'])
  expect(await archive.find('study-1')).toBeNull()
})

it('tells studies of this visit apart even where the browser keeps nothing', async () => {
  const { archive, database } = await setUp('closed')
  database.close({ disableAutoOpen: true })
  const study = { id: 'study-1', content: 'c1', title: 't', subtitle: 's', openedAtMs: 5, format: 'dicom' }
  await archive.note(study)
  expect(await archive.find('study-1')).toEqual(study)
  expect(await archive.listWaiting()).toEqual([])
})
