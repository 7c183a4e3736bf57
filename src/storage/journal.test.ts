import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { afterEach, describe, expect, test } from 'vitest'
import { VoxctDatabase } from './database.ts'
import { type Journal, openJournal } from './journal.ts'
import type { JournalEntry } from './journalRow.ts'

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
  said: [{ findingId: 'cardiomegaly', status: 'present', margin: 0.12 }],
  place: { orientation: 'axial', sliceNumber: 40, pointLpsMm: [1, -2, 3.5] },
  ...changes,
})

async function listIds(journal: Journal, studyId: string): Promise<string[]> {
  const listed = await journal.list(studyId)
  if (!listed.ok) throw new Error(listed.problem.code)
  return listed.value.map((entry) => entry.id)
}

test('after a reload the same study has its utterances again, audio within half a 16-bit step', async () => {
  const before = createDatabase('reloaded')
  const entry = createEntry('u1')
  expect(await (await openJournal(before)).put(entry)).toEqual({ ok: true, value: undefined })
  before.close()
  const listed = await (await openJournal(createDatabase('reloaded'))).list('study-1')
  const restored = listed.ok ? listed.value[0] : null
  expect(restored).toMatchObject({ ...entry, audio: expect.any(Float32Array) })
  const error = Math.max(...entry.audio.map((value, n) => Math.abs(value - restored!.audio[n])))
  expect(error).toBeLessThan(1 / 60000)
})

test('audio that is a view of a larger buffer is kept as its own samples only', async () => {
  const journal = await openJournal(createDatabase())
  const recording = Float32Array.from({ length: 100 }, (_, n) => n / 100)
  await journal.put(createEntry('u1', { audio: recording.subarray(50, 53) }))
  const listed = await journal.list('study-1')
  expect(listed.ok && [...listed.value[0].audio].map((value) => value.toFixed(2))).toEqual(['0.50', '0.51', '0.52'])
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
    expect(listed.ok && listed.value.map((entry) => entry.transcript)).toEqual(['heart enlarged'])
  })

  test('a removed utterance is handed back and can be put again', async () => {
    const journal = await openJournal(create())
    await journal.put(createEntry('u1'))
    const removed = await journal.remove('u1')
    expect(await listIds(journal, 'study-1')).toEqual([])
    expect(await journal.remove('u1')).toEqual({ ok: true, value: null })
    if (removed.ok && removed.value) await journal.put(removed.value)
    expect(await listIds(journal, 'study-1')).toEqual(['u1'])
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

test('rows of another shape are left out and harm nothing', async () => {
  const database = createDatabase()
  const journal = await openJournal(database)
  await journal.put(createEntry('good'))
  const table = database.table<unknown>('utterances')
  await table.put({ id: 'old-version', studyId: 'study-1', audio: 'base64' })
  const badFinding = { findingId: 7, status: 'present', margin: 1 }
  await table.put({ ...createEntry('bad-finding'), audio: new Int16Array(1), said: [badFinding] })
  expect(await listIds(journal, 'study-1')).toEqual(['good'])
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
