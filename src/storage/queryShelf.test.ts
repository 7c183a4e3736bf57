import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { NO_SIMILAR_FILTER } from '../domain/retrieval/listFilter.ts'
import { VoxctDatabase } from './database.ts'
import { createQueryShelf } from './queryShelf.ts'

const KEPT = {
  query: {
    kind: 'combined',
    parts: [
      { source: { kind: 'place', pointLpsMm: [1, -2.5, 3] }, weight: 0.5, isWithout: false },
      { source: { kind: 'text', text: 'small effusion' }, weight: 1, isWithout: true },
    ],
  },
  filter: { ...NO_SIMILAR_FILTER, ageFrom: 60, dateTo: '2026-01-01' },
} as const

it('gives the query of a study back, and of another one none', async () => {
  const shelf = createQueryShelf(new VoxctDatabase('queries-a'))
  await shelf.keep('one', KEPT)
  expect(await shelf.find('one')).toEqual(KEPT)
  expect(await shelf.find('two')).toBeNull()
})

it('takes a row that it cannot read for none', async () => {
  const database = new VoxctDatabase('queries-b')
  for (const query of [{ kind: 'sound' }, { kind: 'combined', parts: [] }, { kind: 'text', text: 5 }, null])
    await database.queries.put({ studyId: 'one', query, filter: NO_SIMILAR_FILTER })
  expect(await createQueryShelf(database).find('one')).toBeNull()
})

it('never rejects where the browser keeps nothing', async () => {
  const database = new VoxctDatabase('queries-c')
  database.queries.get = () => Promise.reject(new Error('blocked')) as never
  database.queries.put = () => Promise.reject(new Error('blocked')) as never
  const shelf = createQueryShelf(database)
  await shelf.keep('one', KEPT)
  expect(await shelf.find('one')).toBeNull()
})
