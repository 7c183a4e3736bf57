import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { afterEach, expect, test } from 'vitest'
import { VoxctDatabase } from './database.ts'
import { loadDeviceSalt } from './deviceSalt.ts'

const NAME = 'salt-test'
const opened: VoxctDatabase[] = []
const createDatabase = () => {
  const database = new VoxctDatabase(NAME)
  opened.push(database)
  return database
}

afterEach(async () => {
  for (const database of opened.splice(0)) database.close()
  await Dexie.delete(NAME)
})

test('the salt of a device is 16 random bytes, the same after a reload and in a second tab', async () => {
  const salts = await Promise.all([loadDeviceSalt(createDatabase()), loadDeviceSalt(createDatabase())])
  expect(salts[0]).toMatch(/^[0-9a-f]{32}$/)
  expect([...salts, await loadDeviceSalt(createDatabase())]).toEqual([salts[0], salts[0], salts[0]])
})

test('what is no salt in its place is replaced', async () => {
  const database = createDatabase()
  await database.settings.put({ name: 'salt', value: 'abc' })
  const salt = await loadDeviceSalt(database)
  expect(salt).toMatch(/^[0-9a-f]{32}$/)
  expect((await database.settings.get('salt'))?.value).toBe(salt)
})

test('where the browser keeps nothing every visit has a salt of its own', async () => {
  const database = createDatabase()
  database.close()
  const [first, second] = [await loadDeviceSalt(database), await loadDeviceSalt(database)]
  expect(first).toMatch(/^[0-9a-f]{32}$/)
  expect(second).not.toBe(first)
})
