import { beforeEach, expect, it } from 'vitest'
import { success } from '../base/result.ts'
import { openMemoryLibrary } from '../cases/client/memoryLibrary.ts'
import type { OwnCase } from '../domain/retrieval/own/ownCase.ts'
import { Desk } from '../session/desk.ts'
import type { LoadedPack } from '../session/loadedPack.ts'
import { PackSession } from '../session/packSession.ts'
import { toSeenStudy } from '../session/studySession.ts'
import { createAppStore } from '../state/store.ts'
import { findSimilar } from './findSimilar.ts'
import { History } from './history.ts'
import { axis, axisPack, studyOf, volumeOf } from './oneStudy.fixture.ts'
import { openOwnCase } from './ownCaseFields.ts'
import { OwnLibraries } from './ownLibraries.ts'

function createTable() {
  const rows = new Map<string, OwnCase>()
  return {
    rows,
    list: async () => success({ items: [...rows.values()], unreadableCount: 0 }),
    put: async (one: OwnCase) => success(void rows.set(one.id, one)),
    remove: async (id: string) => success(void rows.delete(id)),
    watch: () => undefined,
  }
}

function createWorld(table = createTable(), loaded: LoadedPack = axisPack()) {
  const store = createAppStore()
  const volumes = new Map<string, never>()
  const shelf = {
    put: (id: string, volume: unknown) => void volumes.set(id, volume as never),
    get: (id: string) => volumes.get(id),
    has: (id: string) => volumes.has(id),
    hold() {},
  }
  const desk = new Desk({ screen: store, records: store, volumes: shelf })
  const pack = new PackSession(loaded)
  let changes = 0
  const libraries = new OwnLibraries(
    { screen: store, ownCases: table, hashPatient: (name) => `hash of ${name}`, openMemoryLibrary },
    desk,
    new History(store, desk),
    () => changes++,
  )
  desk.pack = pack
  libraries.takePack(pack)
  const read = (id: string, embedding: Float32Array, part: object = {}) => {
    const study = desk.take({ ...studyOf(id), format: 'nifti', title: 'Doe_Jane.nii', ...part }, volumeOf(id))
    desk.makeRead(study)
    study.seen = toSeenStudy({ by: pack, placement: {} as never, embedding, findings: [] })
    return study
  }
  const add = (library: string, title = '', where = '') => libraries.add({ library, title, where })
  const shown = () => store.get().ownLibraries.libraries
  const settle = () => new Promise((resolve) => setTimeout(resolve, 5))
  return { store, desk, pack, libraries, read, add, shown, settle, table, volumes, changes: () => changes }
}

let world: ReturnType<typeof createWorld>
beforeEach(() => {
  world = createWorld()
})

it('keeps what tells a case and nothing that names a patient', () => {
  const { read, add, table, shown } = world
  const identity = {
    patientName: 'Doe, Jane',
    patientId: '4711',
    sex: 'F',
    age: '065Y',
    birthDate: null,
    studyDate: null,
  }
  read('one', axis('emphysema'), { identity })
  add('Lungs', '', 'disk 3')
  expect(shown()).toMatchObject([{ title: 'Lungs', cases: [{ title: 'Case 1, woman, 65 years', where: 'disk 3' }] }])
  const [{ embedding: _, thumbnail: __, ...kept }] = table.rows.values()
  expect(JSON.stringify(kept)).not.toMatch(/Doe|Jane/)
  expect([...table.rows.values()][0]).toMatchObject({ patient: 'hash of 4711', sex: 'female', ageYears: 65 })
  expect([...table.rows.values()][0].thumbnail?.grey.length).toBeGreaterThan(0)
})

it('what the reader has marked or said is what the case shows', () => {
  const { read, add, table } = world
  const study = read('one', axis('emphysema'))
  const row = { probability: 0.9, seen: 'present', deciding: [], agreement: null, group: 'ranked' } as const
  study.show('findings', {
    rows: [
      { ...row, id: 'emphysema', label: 'Emphysema', said: 'present' },
      { ...row, id: 'lung_nodule', label: 'Nodule', said: 'absent' },
      { ...row, id: 'atelectasis', label: 'Atelectasis', said: 'not-mentioned' },
      {
        ...row,
        id: 'own-x-0000',
        label: 'X',
        said: 'not-mentioned',
        group: 'own',
        own: { by: 'taught', present: 1, absent: 0, figure: null, mark: 'present' },
      },
    ],
  })
  add('Lungs')
  expect([...table.rows.values()][0]).toMatchObject({
    present: [{ id: 'emphysema' }, { id: 'own-x-0000', label: 'X' }],
    absent: [{ id: 'lung_nodule' }],
  })
})

it('one scan lies in a library once, and may lie in several', () => {
  const { read, add, shown } = world
  read('one', axis('emphysema'))
  add('Lungs', 'First')
  add('Lungs', 'Again')
  add('Teaching')
  expect(shown().map(({ title, cases }) => `${title} ${cases.length}`)).toEqual(['Lungs 1', 'Teaching 1'])
  expect(shown()[0].cases[0].title).toBe('Again')
})

it('cases of all libraries are listed together with the name of theirs, the scan that is read not among them', async () => {
  const { read, add, pack } = world
  read('near', axis('emphysema'))
  add('Lungs', 'Mine')
  const study = read('other', axis('emphysema'))
  add('Lungs', 'Itself')
  await findSimilar(pack, study, { kind: 'ct' })
  const { cases } = study.state.similar
  expect(cases.map(({ title, library }) => [title, library])).toEqual([
    ['Emphysema', null],
    ['Mine', 'Lungs'],
    ['Effusion', null],
  ])
  expect(cases[1]).toMatchObject({ canOpen: true, labels: null })
  expect(cases[1].thumbnail).toMatch(/^data:image\/png;base64,/)
})

it('a case opens where its scan is open, and says which files to open where it is not', async () => {
  const { read, add, pack, desk, volumes } = world
  read('one', axis('emphysema'))
  const id = add('Lungs', 'Mine', 'disk 3')
  const study = read('two', axis('emphysema'))
  await findSimilar(pack, study, { kind: 'ct' })
  const found = pack.foundCases.get(id ?? '')
  if (!found) throw new Error('not listed')
  expect(openOwnCase(desk, found)?.study.id).toBe('one')
  volumes.delete('one')
  expect(() => openOwnCase(desk, found)).toThrow('Mine of Lungs is not open')
})

it('removing and deleting are taken back one after the other', () => {
  const { read, add, shown, libraries, changes } = world
  read('one', axis('emphysema'))
  const id = add('Lungs')
  read('two', axis('emphysema'))
  add('Lungs')
  libraries.removeCase(id ?? '')
  expect(shown()[0].cases).toHaveLength(1)
  libraries.removeLibrary('Lungs')
  expect(shown()).toEqual([])
  libraries.undo()
  expect(shown()[0].cases).toHaveLength(1)
  libraries.undo()
  expect(shown()[0].cases).toHaveLength(2)
  expect(world.table.rows.size).toBe(2)
  expect(changes()).toBe(7)
})

it('a reload has it again; with another pack it waits, and says for which', async () => {
  world.read('one', axis('emphysema'))
  world.add('Lungs')
  const again = createWorld(world.table)
  await again.settle()
  expect(again.shown()).toMatchObject([{ title: 'Lungs', cases: [{ studyId: 'one' }] }])
  const other = createWorld(world.table, { ...axisPack(), encoder: 'others' })
  await other.settle()
  expect(other.store.get().ownLibraries).toMatchObject({
    libraries: [],
    elsewhere: [{ title: 'Lungs', packTitle: 'Axes', count: 1 }],
  })
  expect(other.pack.ownLibraries).toEqual([])
})

it('a file brings a library to another device, where it is listed', async () => {
  world.read('one', axis('emphysema'))
  world.add('Lungs', 'Mine')
  const file = JSON.stringify(world.libraries.toFile('Lungs'))
  const other = createWorld()
  expect(other.libraries.importFile('lungs.json', file)).toEqual({ ok: true, value: 1 })
  const study = other.read('two', axis('emphysema'))
  await findSimilar(other.pack, study, { kind: 'ct' })
  expect(study.state.similar.cases.map(({ library }) => library)).toContain('Lungs')
  const foreign = file.replace('"encoder":"axes"', '"encoder":"feed"')
  expect(other.libraries.importFile('lungs.json', foreign)).toMatchObject({
    ok: false,
    problem: { code: 'own-file-of-another-model' },
  })
})

it('a scan that the model has not read is not added, which is said', () => {
  world.read('one', axis('emphysema')).seen = null
  expect(world.add('Lungs')).toBeNull()
  expect(world.store.get().notices.at(-1)?.told.code).toBe('nothing-to-mark')
})
