import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { afterEach, expect, test } from 'vitest'
import type { OwnFinding } from '../domain/findings/taught/ownFinding.ts'
import { VoxctDatabase } from './database.ts'
import { parseOwnFindingRow, toOwnFindingRow } from './ownFindingRow.ts'
import { createOwnTable } from './ownTable.ts'

const opened: VoxctDatabase[] = []
function open(name: string) {
  const database = new VoxctDatabase(name)
  opened.push(database)
  const table = createOwnTable({ table: database.ownFindings, parse: parseOwnFindingRow, toRow: toOwnFindingRow })
  return { database, table }
}

afterEach(async () => {
  for (const database of opened) database.close()
  for (const database of opened.splice(0)) await Dexie.delete(database.name)
})

const FINDING: OwnFinding = {
  id: 'own-honeycombing-1a2b',
  of: { packId: 'mini', packTitle: 'Mini', encoder: 'e' },
  label: 'Honeycombing',
  synonyms: ['honeycomb lung'],
  prompt: { text: 'honeycombing', positive: Float32Array.of(1, 0), negative: Float32Array.of(0, 1) },
  examples: [
    {
      studyId: 's',
      patient: 'p',
      isPresent: true,
      embedding: Float32Array.of(0.6, 0.8),
      place: Float32Array.of(1, 0),
      markedAtMs: 5,
    },
  ],
  createdAtMs: 1,
}

test('a finding is there again after a reload, its embeddings number by number', async () => {
  const before = open('own-reload')
  expect(await before.table.put(FINDING)).toEqual({ ok: true, value: undefined })
  before.database.close()
  const listed = await open('own-reload').table.list()
  expect(listed).toEqual({ ok: true, value: { items: [FINDING], unreadableCount: 0 } })
})

test('what was removed and put again in one breath is there, and the other way round it is not', async () => {
  const { table } = open('own-order')
  void table.put(FINDING)
  void table.remove(FINDING.id)
  await table.put(FINDING)
  expect(await table.list()).toMatchObject({ value: { items: [{ id: FINDING.id }] } })
  void table.put(FINDING)
  await table.remove(FINDING.id)
  expect(await table.list()).toMatchObject({ value: { items: [] } })
})

test('rows of a later version and broken ones are counted and stay', async () => {
  const { database, table } = open('own-later')
  const row = toOwnFindingRow(FINDING)
  const [example] = FINDING.examples
  await database.ownFindings.bulkPut([
    row,
    { ...row, id: 'own-later', version: 2 },
    { ...row, id: 'own-nan', examples: [{ ...example, embedding: Float32Array.of(Number.NaN) }] },
    { id: 'own-half', version: 1 } as never,
  ])
  expect(await table.list()).toMatchObject({ ok: true, value: { items: [{ id: FINDING.id }], unreadableCount: 3 } })
  expect(await database.ownFindings.count()).toBe(4)
})

test('a database of an earlier version keeps its dictation and gets the new table', async () => {
  const old = new Dexie('own-upgrade')
  old.version(2).stores({ utterances: 'id, studyId', settings: 'name', studies: 'id' })
  await old.table('settings').put({ name: 'a', value: 1 })
  old.close()
  const { database, table } = open('own-upgrade')
  await table.put(FINDING)
  expect(await database.settings.get('a')).toEqual({ name: 'a', value: 1 })
})

test('where the browser keeps nothing a write says so', async () => {
  const { database, table } = open('own-refused')
  database.close({ disableAutoOpen: true })
  expect(await table.put(FINDING)).toMatchObject({ ok: false, problem: { code: 'storage-failed' } })
})
