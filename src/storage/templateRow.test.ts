import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import type { OwnTemplate } from '../domain/dictatedReport/ownTemplate.ts'
import { VoxctDatabase } from './database.ts'
import { createOwnTable } from './ownTable.ts'
import { parseTemplateRow, toTemplateRow } from './templateRow.ts'

const TRAUMA: OwnTemplate = {
  id: 'template-1',
  createdAtMs: 3,
  name: 'Trauma',
  sentences: [{ section: 'chest-wall', text: 'No rib fracture.' }],
}

const openTable = (database: VoxctDatabase) =>
  createOwnTable({ table: database.templates, parse: parseTemplateRow, toRow: toTemplateRow })

it('a template is there on the next visit as it was made, and one of a later version stays as it is', async () => {
  const first = new VoxctDatabase('templates')
  await openTable(first).put(TRAUMA)
  await first.templates.put({ ...toTemplateRow(TRAUMA), id: 'template-2', version: 2 })
  first.close()
  const second = new VoxctDatabase('templates')
  expect(await openTable(second).list()).toEqual({ ok: true, value: { items: [TRAUMA], unreadableCount: 1 } })
  await openTable(second).remove(TRAUMA.id)
  expect(await second.templates.count()).toBe(1)
})
