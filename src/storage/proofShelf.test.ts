import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { VoxctDatabase } from './database.ts'
import { createProofShelf } from './proofShelf.ts'

const PROOF = { cosine: 0.9999, testedAt: 1_700_000_000_000 }

let database: VoxctDatabase

beforeEach(() => {
  database = new VoxctDatabase(`proofs-${Math.random()}`)
})

afterEach(() => database.delete())

it('finds on the next visit what was kept, and nothing under another key', async () => {
  await createProofShelf(database).keep('a', PROOF)
  const next = createProofShelf(database)
  expect(await next.find('a')).toEqual(PROOF)
  expect(await next.find('b')).toBeNull()
})

it('forgets all of them at once and leaves the settings beside them', async () => {
  await database.settings.put({ name: 'settings', value: 1 })
  const shelf = createProofShelf(database)
  await shelf.keep('a', PROOF)
  await shelf.clear()
  expect(await shelf.find('a')).toBeNull()
  expect(await createProofShelf(database).find('a')).toBeNull()
  expect((await database.settings.get('settings'))?.value).toBe(1)
})

it('takes a row that it cannot read for none', async () => {
  await database.settings.put({ name: 'parity:a', value: { cosine: 'high' } })
  expect(await createProofShelf(database).find('a')).toBeNull()
})

it('remembers for this visit where the browser keeps nothing', async () => {
  database.close()
  const shelf = createProofShelf(database)
  await shelf.keep('a', PROOF)
  expect(await shelf.find('a')).toEqual(PROOF)
  expect(await shelf.find('b')).toBeNull()
})
