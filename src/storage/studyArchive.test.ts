import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { createSaltedHasher } from '../base/saltedHash.ts'
import { VIEW_PLANES } from '../domain/geometry/viewPlane.ts'
import type { KeyImage } from '../domain/keyImage/keyImage.ts'
import type { Measure } from '../domain/measure/measure.ts'
import { NO_EDITS } from '../domain/statements/edits.ts'
import { VoxctDatabase } from './database.ts'
import { hideLegacyIds } from './hideLegacyIds.ts'
import { openJournal } from './journal.ts'
import type { JournalEntry } from './journalRow.ts'
import { type KeptStudy, parseKeptStudy } from './keptStudy.ts'
import { parseKeyImageRow, toKeyImageRow } from './keyImageRow.ts'
import { openKeyImageTable } from './keyImageTable.ts'
import { openMeasureTable } from './measureTable.ts'
import { openReportTable } from './reportTable.ts'
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
  isRecovered: false,
})

const MEASURE: Measure = {
  id: 'm',
  studyId: 'study-1',
  createdAtMs: 1,
  kind: 'probe',
  plane: { right: [1, 0, 0], up: [0, -1, 0] },
  points: [[1, 2, 3]],
  label: '',
  color: 'yellow',
  tie: null,
}

const KEY_IMAGE: KeyImage = {
  id: 'k',
  studyId: 'study-1',
  createdAtMs: 1,
  plane: 'axial',
  planes: VIEW_PLANES,
  pointLpsMm: [1, 2, 3],
  window: { widthHu: 1500, centerHu: -600 },
  isInverted: false,
  colorMap: 'grey',
  slab: { mode: 'mip', thicknessMm: 10 },
  framing: { middleLpsMm: [1, 2, 3], widthMm: 100, heightMm: 80 },
  thumbnail: null,
  picture: null,
  note: 'nodule',
  measureIds: ['m'],
}

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

const STUDY: KeptStudy = {
  id: 'study-1',
  content: 'c1',
  title: 't',
  subtitle: 's',
  openedAtMs: 5,
  format: 'dicom',
  seriesId: null,
  reportStatus: 'unread',
}

it('lists studies that something was said about after a reload, and names those it knows', async () => {
  const before = await setUp('waiting')
  const study = {
    id: 'study-1',
    content: 'c1',
    title: 'Chest 1.0',
    subtitle: 'CT · 300 slices',
    format: 'dicom',
    openedAtMs: 5,
    seriesId: 'listed-1',
    reportStatus: 'signed' as const,
  }
  await before.archive.note(study)
  await before.archive.note({ ...study, id: 'study-silent' })
  for (const id of ['a', 'b']) await before.journal.put(entryOf(id, 'study-1'))
  await before.journal.put(entryOf('c', 'legacy-x'))
  before.database.close()
  const { archive } = await setUp('waiting')
  expect(await archive.listWaiting()).toEqual([
    { ...study, utteranceCount: 2, measureCount: 0, keyImageCount: 0 },
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
  const study = { ...STUDY, id: 'study-1' }
  await archive.note(study)
  expect(await archive.find('study-1')).toEqual(study)
  expect(await archive.listWaiting()).toEqual([])
})

it('lists studies in which something was measured or marked, though nothing was said, and forgets that, too', async () => {
  const before = await setUp('marked')
  const study = { ...STUDY, id: 'study-1' }
  await before.archive.note(study)
  await openMeasureTable('study-1', before.database).put({ ...MEASURE, id: 'm' })
  for (const id of ['k', 'l']) await openKeyImageTable('study-1', before.database).put({ ...KEY_IMAGE, id })
  before.database.close()
  const { archive } = await setUp('marked')
  expect(await archive.listWaiting()).toEqual([{ ...study, utteranceCount: 0, measureCount: 1, keyImageCount: 2 }])
  await archive.forget('study-1')
  expect(await archive.listWaiting()).toEqual([])
})

it('lists a study of which nothing but a report was typed, with its state, and forgets that, too', async () => {
  const before = await setUp('typed')
  const study: KeptStudy = { ...STUDY, reportStatus: 'dictated' }
  await before.archive.note(study)
  const made = { id: 'r', studyId: 'study-1', createdAtMs: 1, afterUtteranceId: null }
  const sentence = { section: 'lungs', text: 'Clear.', from: 'Clear.', origin: { by: 'typed' } } as const
  await openReportTable('study-1', before.database).put({ ...made, ...sentence, kind: 'written' })
  before.database.close()
  const { archive, database } = await setUp('typed')
  expect(await archive.listWaiting()).toEqual([{ ...study, utteranceCount: 0, measureCount: 0, keyImageCount: 0 }])
  await archive.forget('study-1')
  expect([await archive.listWaiting(), await database.reportEntries.count()]).toEqual([[], 0])
})

it('a study that a former version kept has no state of its report, and is read as it is', () => {
  const { seriesId: _, reportStatus: __, ...former } = STUDY
  expect(parseKeptStudy(former)).toEqual(STUDY)
})

it('a row of a key image is read as it was written, its picture with it; without its place it is none', async () => {
  const { database } = await setUp('rows')
  const picture = new Blob(['png'], { type: 'image/png' })
  await openKeyImageTable('study-1', database).put({ ...KEY_IMAGE, picture })
  const listed = await openKeyImageTable('study-1', database).list()
  if (!listed.ok) throw new Error(listed.problem.message)
  const [read] = listed.value.items
  expect(read).toEqual({ ...KEY_IMAGE, picture: read.picture })
  expect(await read.picture?.text()).toBe('png')
  const row = toKeyImageRow(KEY_IMAGE)
  expect(parseKeyImageRow({ ...row, pointLpsMm: [0, Number.NaN, 0] })).toBeNull()
  expect(parseKeyImageRow({ ...row, version: 2 })).toBeNull()
  expect(parseKeyImageRow({ ...row, thumbnail: 'https://elsewhere', note: 7 })).toEqual({ ...KEY_IMAGE, note: '' })
})
