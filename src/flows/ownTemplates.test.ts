import { beforeEach, expect, it } from 'vitest'
import { type Result, success } from '../base/result.ts'
import type { OwnTemplate } from '../domain/dictatedReport/ownTemplate.ts'
import { NORMAL_CHEST } from '../domain/dictatedReport/reportTemplates.ts'
import type { OwnTable } from '../storage/ownTable.ts'
import { createReading } from './desk.fixture.ts'

const CLEAR = [{ section: 'lungs', text: 'Clear.' }] as const
const OTHER = [{ section: 'pleura', text: 'Dry.' }] as const

/** A table in memory. */
function createTable(): OwnTable<OwnTemplate> & { readonly rows: Map<string, OwnTemplate> } {
  const rows = new Map<string, OwnTemplate>()
  const done = async (): Promise<Result<void>> => success(undefined)
  return {
    rows,
    list: async () => success({ items: [...rows.values()], unreadableCount: 0 }),
    put(item) {
      rows.set(item.id, item)
      return done()
    },
    remove(id) {
      rows.delete(id)
      return done()
    },
    watch: () => undefined,
  }
}

let table: ReturnType<typeof createTable>
let parts: ReturnType<typeof createReading>
const settle = () => new Promise((resolve) => setTimeout(resolve, 0))
const refuseTemplateName = (name: string) => (name === 'Undo' ? 'It is said for a command.' : null)

beforeEach(async () => {
  table = createTable()
  parts = createReading({ templates: table, refuseTemplateName })
  await settle()
})
const names = () => parts.store.get().templates.own.map(({ name }) => name)

it('keeps what was saved for the next visit, changes it, deletes it, and takes each back', async () => {
  const { templates } = parts.reading
  expect(templates.save('  Clear   lungs ', CLEAR)).toBeNull()
  await settle()
  expect([names(), [...table.rows.values()].map(({ sentences }) => sentences)]).toEqual([['Clear lungs'], [CLEAR]])
  const [{ id }] = parts.store.get().templates.own
  expect(templates.save('Dry pleura', OTHER, id)).toBeNull()
  expect([names(), parts.store.get().templates.undo]).toEqual([['Dry pleura'], 'Template “Dry pleura” changed'])
  templates.undo()
  expect(names()).toEqual(['Clear lungs'])
  templates.remove(id)
  expect(names()).toEqual([])
  templates.undo()
  await settle()
  const again = createReading({ templates: table, refuseTemplateName })
  await settle()
  expect(again.store.get().templates.own).toMatchObject([{ name: 'Clear lungs', sentences: CLEAR }])
})

it('saves nothing under a name that is refused, and nothing that is empty', () => {
  expect(parts.reading.templates.save('Undo', CLEAR)).toBe('It is said for a command.')
  expect(parts.reading.templates.save('Clear lungs', [])).toBe('It holds no sentence.')
  expect(names()).toEqual([])
})

it('a template that is bound to a kind of study stays so under its new name', () => {
  parts.reading.templates.save('Clear lungs', CLEAR)
  parts.store.patch('templates', { bound: { angiography: 'Clear lungs', screening: 'Normal chest' } })
  parts.reading.templates.save('Dry lungs', CLEAR, parts.store.get().templates.own[0].id)
  expect(parts.store.get().templates.bound).toEqual({ angiography: 'Dry lungs', screening: 'Normal chest' })
})

it('brings in what was exported, in the place of what has its name, and tells what was refused', () => {
  const { templates } = parts.reading
  templates.save('Clear lungs', CLEAR)
  const file = templates.toFile()
  const [{ id }] = parts.store.get().templates.own
  templates.save('Clear lungs', OTHER, id)
  const more = {
    ...file,
    templates: [...file.templates, { ...NORMAL_CHEST, name: 'Undo' }, { ...NORMAL_CHEST, name: 'Trauma' }],
  }
  expect(templates.importFile('t.json', JSON.stringify(more))).toEqual(success(['Undo: It is said for a command.']))
  expect(parts.store.get().templates.own).toMatchObject([
    { id, name: 'Clear lungs', sentences: CLEAR },
    { name: 'Trauma' },
  ])
  templates.undo()
  expect(parts.store.get().templates.own).toMatchObject([{ id, name: 'Clear lungs', sentences: OTHER }])
  const refused = templates.importFile(
    't.json',
    JSON.stringify({ ...file, templates: [{ ...NORMAL_CHEST, name: 'Undo' }] }),
  )
  expect(refused).toMatchObject({ ok: false, problem: { code: 'templates-refused' } })
})
