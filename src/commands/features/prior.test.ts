import { expect, it } from 'vitest'
import { toSpokenWords } from '../../domain/voice/spokenWords.ts'
import type { SeriesSummary } from '../../domain/volume/series.ts'
import { createTestContext, showStudy } from '../context.fixture.ts'
import { interpret } from '../interpret.ts'
import { commands } from './prior.ts'

const identityOf = (studyUid: string, studyDate: string, patientId: string | null = 'P-17') => ({
  ...{ patientName: 'Doe, Jane', patientId, birthDate: '19600504', sex: 'F' as const, age: null, studyDate },
  ...{ studyTime: null, accessionNumber: null, studyUid, seriesUid: null, seriesNumber: null },
  ...{
    studyDescription: null,
    seriesDescription: null,
    institution: null,
    modality: 'CT',
    protocolName: null,
    contrastAgent: null,
  },
})
const series = (id: string, identity: ReturnType<typeof identityOf>): SeriesSummary => ({
  ...{ id, identity, format: 'dicom', kind: 'CT', title: 'Chest', sliceCount: 9, spacingMm: [1, 1, 1] as const },
  ...{ size: [3, 3, 3] as const, kernel: null, chestScore: 60, reason: '' },
})

/** A study with a prior of its patient and a study of a patient without an ID. */
function setUp() {
  const given = createTestContext()
  const current = identityOf('1', '20241012')
  const { study } = Object.values(given.store.get().studies)[0]
  showStudy(given.store, { study: { ...study, identity: current } })
  const drops = [[series('old', identityOf('2', '20240312')), series('nobody', identityOf('3', '20240401', null))]]
  given.store.patch('desk', { drops })
  return given
}

const find = (id: string) => commands.find((command) => command.id === id)!

it('offers the prior where there is one, and lists with it what is not known to be of the patient', () => {
  const { store } = setUp()
  expect(find('prior.open').when(store.get())).toBe(true)
  expect(find('prior.choose').slots?.study.options(store.get())).toEqual([
    { value: 'old', title: 'Chest, 12 Mar 2024', words: ['12 Mar 2024'] },
    { value: 'nobody', title: 'Chest, 1 Apr 2024, not known to be the same patient', words: ['1 Apr 2024'] },
  ])
  store.patch('desk', { drops: [] })
  expect(find('prior.open').when(store.get())).toBe(false)
  expect(find('prior.choose').when(store.get())).toBe(false)
})

it('names no date while the identity is hidden', () => {
  const { store } = setUp()
  store.view.toggleIdentity()
  expect(find('prior.choose').slots?.study.options(store.get())[0].title).toBe('Chest, 214 days before')
})

it('can lock, register and go to the same place only while a study lies beside, each sayable', () => {
  const { store, context, calls } = setUp()
  for (const id of ['prior.lock', 'prior.register', 'prior.place', 'prior.close'])
    expect(find(id).when(store.get()), id).toBe(false)
  const beside = { id: 'old', kinship: 'same', order: 'earlier', days: 214, date: '20240312' } as const
  const ties = {
    lock: 'none',
    offsetMm: null,
    registration: null,
    progress: null,
    problem: null,
    outside: null,
  } as const
  store.patch('desk', { prior: { ...beside, ...ties } })
  for (const id of ['prior.lock', 'prior.register', 'prior.place', 'prior.close']) {
    expect(find(id).when(store.get()), id).toBe(true)
    find(id).run(context, {})
  }
  expect(calls.map(([name]) => name)).toEqual(['lockPrior', 'registerPrior', 'samePlaceInPrior', 'closePrior'])
  const state = context.get()
  for (const [said, id] of [
    ['compare with prior', 'prior.open'],
    ['close prior', 'prior.close'],
    ['lock scroll', 'prior.lock'],
    ['register prior', 'prior.register'],
    ['same place in prior', 'prior.place'],
  ])
    expect(interpret(toSpokenWords(said), state)).toMatchObject({ id })
})
