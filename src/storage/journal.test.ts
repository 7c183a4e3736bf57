import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { afterEach, describe, expect, test } from 'vitest'
import { NO_EDITS } from '../domain/statements/edits.ts'
import { toStatement } from '../domain/statements/statement.fixture.ts'
import { VoxctDatabase } from './database.ts'
import { type Journal, openJournal } from './journal.ts'
import { type JournalEntry, ROW_VERSION } from './journalRow.ts'

const opened: VoxctDatabase[] = []
const createDatabase = (name = `journal-${opened.length}`) => {
  const database = new VoxctDatabase(name)
  opened.push(database)
  return database
}

/** As in a private window: every use is refused. */
const createRefusedDatabase = () => {
  const database = createDatabase()
  database.open = () => Dexie.Promise.reject(new Dexie.MissingAPIError('no IndexedDB'))
  return database
}

afterEach(async () => {
  for (const database of opened) database.close()
  for (const database of opened.splice(0)) await Dexie.delete(database.name)
})

const createEntry = (id: string, changes: Partial<JournalEntry> = {}): JournalEntry => ({
  id,
  studyId: 'study-1',
  createdAtMs: 1000,
  audio: Float32Array.from({ length: 64 }, (_, n) => Math.sin(n / 3)),
  startMs: 0,
  endMs: 4,
  source: 'microphone',
  transcript: null,
  words: null,
  statements: [toStatement({ findingId: 'cardiomegaly', margin: 0.12 })],
  edits: { text: 'big heart', statuses: [{ findingId: 'cardiomegaly', status: null }] },
  place: { orientation: 'axial', sliceNumber: 40, pointLpsMm: [1, -2, 3.5] },
  isAdopted: false,
  isRecovered: false,
  ...changes,
})

async function listIds(journal: Journal, studyId: string): Promise<string[]> {
  const listed = await journal.list(studyId)
  if (!listed.ok) throw new Error(listed.problem.code)
  return listed.value.entries.map((entry) => entry.id)
}

test('after a reload the same study has its utterances again, audio within half a 16-bit step', async () => {
  const before = createDatabase('reloaded')
  const entry = createEntry('u1')
  expect(await (await openJournal(before)).put(entry)).toEqual({ ok: true, value: undefined })
  before.close()
  const listed = await (await openJournal(createDatabase('reloaded'))).list('study-1')
  const restored = listed.ok ? listed.value.entries[0] : null
  expect(restored).toMatchObject({ ...entry, audio: expect.any(Float32Array) })
  const error = Math.max(...entry.audio.map((value, n) => Math.abs(value - restored!.audio[n])))
  expect(error).toBeLessThan(1 / 60000)
})

test('audio that is a view of a larger buffer is kept as its own samples only', async () => {
  const journal = await openJournal(createDatabase())
  const recording = Float32Array.from({ length: 100 }, (_, n) => n / 100)
  await journal.put(createEntry('u1', { audio: recording.subarray(50, 53) }))
  const listed = await journal.list('study-1')
  expect(listed.ok && [...listed.value.entries[0].audio].map((value) => value.toFixed(2))).toEqual([
    '0.50',
    '0.51',
    '0.52',
  ])
})

describe.each([
  ['in IndexedDB', createDatabase],
  ['in memory', createRefusedDatabase],
])('a journal kept %s', (_, create) => {
  test('lists only the study asked for, in the order of speaking', async () => {
    const journal = await openJournal(create())
    await journal.put(createEntry('later', { createdAtMs: 3000 }))
    await journal.put(createEntry('file-2', { createdAtMs: 2000, startMs: 900 }))
    await journal.put(createEntry('file-1', { createdAtMs: 2000, startMs: 100 }))
    await journal.put(createEntry('elsewhere', { studyId: 'study-2' }))
    expect(await listIds(journal, 'study-1')).toEqual(['file-1', 'file-2', 'later'])
  })

  test('writing again under the same id replaces what was known', async () => {
    const journal = await openJournal(create())
    await journal.put(createEntry('u1'))
    await journal.put(createEntry('u1', { transcript: 'heart enlarged' }))
    const listed = await journal.list('study-1')
    expect(listed.ok && listed.value.entries.map((entry) => entry.transcript)).toEqual(['heart enlarged'])
  })

  test('a removed utterance is gone, and what is still learnt about it does not bring it back', async () => {
    const journal = await openJournal(create())
    await journal.put(createEntry('u1'))
    await journal.remove('u1')
    expect(await journal.update('u1', { transcript: 'heard late' })).toEqual({ ok: true, value: undefined })
    expect(await listIds(journal, 'study-1')).toEqual([])
    await journal.put(createEntry('u1'))
    const words = [{ text: 'heard now', startSeconds: 0, endSeconds: 1, probability: 0.4 }]
    expect(await journal.update('u1', { transcript: 'heard now', words, statements: [] })).toEqual({
      ok: true,
      value: undefined,
    })
    const listed = await journal.list('study-1')
    expect(listed.ok && listed.value.entries).toMatchObject([
      { id: 'u1', transcript: 'heard now', words, statements: [] },
    ])
  })

  test('utterances of another id are given to a study, marked, and counted there', async () => {
    const journal = await openJournal(create())
    await journal.put(createEntry('u1', { studyId: 'legacy-1' }))
    await journal.put(createEntry('u2'))
    await journal.adopt('legacy-1', 'study-1')
    expect(await listIds(journal, 'legacy-1')).toEqual([])
    const listed = await journal.list('study-1')
    expect(listed.ok && listed.value.entries.map(({ id, isAdopted }) => [id, isAdopted])).toEqual([
      ['u1', true],
      ['u2', false],
    ])
    const counted = await journal.count()
    expect(counted.ok && [...counted.value]).toEqual([['study-1', 2]])
  })

  test('clearing a study leaves the others', async () => {
    const journal = await openJournal(create())
    await journal.put(createEntry('u1'))
    await journal.put(createEntry('u2', { studyId: 'study-2' }))
    await journal.clear('study-1')
    expect(await listIds(journal, 'study-1')).toEqual([])
    expect(await listIds(journal, 'study-2')).toEqual(['u2'])
  })
})

test('only the journal in memory has something to tell', async () => {
  expect((await openJournal(createDatabase())).problem).toBeNull()
  expect((await openJournal(createRefusedDatabase())).problem?.code).toBe('storage-unavailable')
})

test('rows that cannot be read are counted and kept as they are', async () => {
  const database = createDatabase()
  const journal = await openJournal(database)
  await journal.put(createEntry('good'))
  const table = database.table<unknown>('utterances')
  const rows = [
    { id: 'other-shape', studyId: 'study-1', audio: 'base64' },
    { ...createEntry('newer'), audio: new Int16Array(1), version: ROW_VERSION + 1 },
  ]
  for (const row of rows) await table.put(row)
  const listed = await journal.list('study-1')
  expect(listed.ok && listed.value.unreadableCount).toBe(2)
  expect(await listIds(journal, 'study-1')).toEqual(['good'])
  expect(await table.get('newer')).toEqual(rows[1])
  expect(await table.get('other-shape')).toEqual(rows[0])
})

test('a row of version 0.3.0 is read, and findings that are not CT-RATE’s are, too', async () => {
  const database = createDatabase()
  const journal = await openJournal(database)
  const { isAdopted: _, ...old } = createEntry('old', {
    statements: [toStatement({ findingId: 'rib_fracture', status: 'absent', margin: -1 })],
  })
  await database.table<unknown>('utterances').put({ ...old, audio: Int16Array.of(0, 32767) })
  const listed = await journal.list('study-1')
  // Axial slices were counted from the feet then: the point says where it was.
  const place = { ...old.place, sliceNumber: null }
  expect(listed.ok && listed.value.entries).toMatchObject([
    { ...old, place, audio: Float32Array.of(0, 1), isAdopted: false },
  ])
})

test('a damaged field never costs the words: what the models made of them is made again', async () => {
  const database = createDatabase()
  const journal = await openJournal(database)
  const row = {
    id: 'u1',
    studyId: 'study-1',
    audio: new Int16Array(1600),
    statements: [{ findingId: 7 }],
    edits: 'none',
    place: 'axial',
    endMs: 'x',
  }
  await database.table<unknown>('utterances').put(row)
  const listed = await journal.list('study-1')
  expect(listed.ok && listed.value).toMatchObject({
    unreadableCount: 0,
    entries: [{ id: 'u1', startMs: 0, endMs: 100, statements: [], edits: NO_EDITS, place: null, transcript: null }],
  })
})

test('a full disk is told as such, and other failures differently', async () => {
  const database = createDatabase()
  const journal = await openJournal(database)
  const refuse = (error: Error) => {
    database.utterances.put = () => Dexie.Promise.reject(error)
  }
  refuse(Object.assign(new Dexie.AbortError('abort'), { inner: new DOMException('full', 'QuotaExceededError') }))
  expect(await journal.put(createEntry('u1'))).toMatchObject({ ok: false, problem: { code: 'storage-full' } })
  refuse(new Dexie.DatabaseClosedError('closed'))
  expect(await journal.put(createEntry('u1'))).toMatchObject({ ok: false, problem: { code: 'storage-failed' } })
})
