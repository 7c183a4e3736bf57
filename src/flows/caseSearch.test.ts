import { expect, it } from 'vitest'
import { selectRead } from '../state/selectors.ts'
import type { KeptQuery } from '../storage/queryShelf.ts'
import { Reading } from './reading.ts'
import { createTwoPacks } from './twoPacks.fixture.ts'

const EMPHYSEMA = { kind: 'finding', findingId: 'emphysema' } as const
const EFFUSION = { kind: 'finding', findingId: 'pleural_effusion' } as const

/** A reading of phantom 1, and what is kept of queries on the device. */
async function setUp(shelf = new Map<string, KeptQuery>()) {
  const parts = createTwoPacks()
  const queries = {
    find: async (id: string) => shelf.get(id) ?? null,
    keep: async (id: string, kept: KeptQuery) => void shelf.set(id, kept),
  }
  const reading = new Reading({ ...parts.deps, queries })
  await reading.studies.openPhantom(1)
  await reading.loadModels()
  return { ...parts, reading, shelf, similar: () => selectRead(parts.store.get()).similar }
}

it('adds, weighs, turns and removes parts, and brings every former query back', async () => {
  const { reading, similar } = await setUp()
  const { cases } = reading.questions
  await cases.add(EMPHYSEMA)
  await cases.add(EFFUSION, true)
  expect(similar().queryLabel).toBe('this CT and Emphysema, without Pleural effusion')
  await cases.change(1, { weight: 2 })
  await cases.remove(0)
  expect(similar().query).toEqual({
    kind: 'combined',
    parts: [
      { source: EMPHYSEMA, weight: 2, isWithout: false },
      { source: EFFUSION, weight: 1, isWithout: true },
    ],
  })
  for (let n = 0; n < 4; n++) await cases.undo()
  expect(similar()).toMatchObject({ query: { kind: 'ct' }, formerQueries: [], queryLabel: 'this CT' })
  await cases.undo()
  expect(similar().query).toEqual({ kind: 'ct' })
})

it('says what is wrong with a query whose parts cancel one another, and lists nothing', async () => {
  const { reading, similar } = await setUp()
  await reading.questions.cases.ask({
    kind: 'combined',
    parts: [
      { source: EMPHYSEMA, weight: 1, isWithout: false },
      { source: EMPHYSEMA, weight: 1, isWithout: true },
    ],
  })
  expect(similar()).toMatchObject({ cases: [], problem: { code: 'query-incomplete' } })
})

it('asks again on the next visit what was asked of the study, with its filter', async () => {
  const { reading, shelf } = await setUp()
  await reading.questions.cases.filterBy({ ageFrom: 60 })
  await reading.questions.cases.add(EMPHYSEMA)
  const next = await setUp(shelf)
  expect(next.similar()).toMatchObject({
    query: { kind: 'combined', parts: [{ source: { kind: 'ct' } }, { source: EMPHYSEMA }] },
    filter: { ageFrom: 60 },
  })
  await next.reading.studies.openPhantom(2)
  expect(next.similar()).toMatchObject({ query: { kind: 'ct' }, filter: { ageFrom: null } })
})
