import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { VoxctDatabase } from './database.ts'
import { createPriorShelf, type KeptPrior } from './priorShelf.ts'

const KEPT: KeptPrior = {
  id: 'listed-1',
  lock: 'offset',
  offsetMm: [1, -2, 3],
  registration: { currentToPrior: new Array(16).fill(0), priorToCurrent: new Array(16).fill(0), overlap: 0.9 },
}

it('keeps what lay beside a study, and forgets it', async () => {
  const shelf = createPriorShelf(new VoxctDatabase('kept prior'))
  await shelf.keep('study', KEPT)
  expect(await shelf.find('study')).toEqual(KEPT)
  await shelf.forget('study')
  expect(await shelf.find('study')).toBeNull()
})

it('takes what it cannot read for nothing', async () => {
  const database = new VoxctDatabase('odd prior')
  await database.priors.put({ studyId: 'study', ...KEPT, offsetMm: [1, 2] })
  expect(await createPriorShelf(database).find('study')).toBeNull()
})
