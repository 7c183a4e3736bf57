import { expect, it } from 'vitest'
import { failure, success } from '../base/result.ts'
import { createReading } from './desk.fixture.ts'

const broken = (id: string) =>
  failure({ code: 'pixels-not-decoded', message: `${id} could not be decoded.`, nextStep: 'Export it again.' })

const opened = (id: string) =>
  success({
    volume: { id, size: [3, 3, 3], spacingMm: [1, 1, 1], hu: new Int16Array(27), missing: [] } as never,
    key: { id, content: 'c', legacyId: 'uid' },
    identity: null,
    notices: [],
  })

const createDrop = (isBroken: (id: string) => boolean) => {
  const tried: string[] = []
  const ids = ['thin', 'thick', 'abdomen']
  const series = [
    ...ids.map((id, n) => ({ id, title: id, chestScore: 9 - n, format: 'dicom' })),
    { id: 'mr', chestScore: 0 },
  ]
  const parts = createReading({
    source: {
      list: async () => ({ series: series as never, problems: [] }),
      async open(id: string) {
        tried.push(id)
        return isBroken(id) ? broken(id) : opened(id)
      },
    },
  })
  const notices = () => parts.store.get().notices.map(({ told }) => told.message)
  return { ...parts, tried, notices }
}

it('opens the next best series where the best fails at its pixels, and tells the failure', async () => {
  const { reading, store, tried, notices } = createDrop((id) => id === 'thin')
  await reading.openFiles([new File([], 'scan')])
  expect(tried).toEqual(['thin', 'thick'])
  expect(notices()).toEqual(['thin could not be decoded.'])
  expect(store.get().desk).toMatchObject({ readId: 'thick', openingSeriesId: null })
  expect(store.get().desk.phase).not.toBe('failed')
})

it('says of each series why it does not open where none does', async () => {
  const { reading, store, tried, notices } = createDrop(() => true)
  await reading.openFiles([new File([], 'scan')])
  expect(tried).toEqual(['thin', 'thick', 'abdomen'])
  expect(notices()).toHaveLength(3)
  expect(store.get().desk).toMatchObject({ readId: null, phase: 'failed', progress: null })
})

it('a series that a person chose is not replaced by another one', async () => {
  const { reading, tried } = createDrop((id) => id === 'abdomen')
  await reading.openFiles([new File([], 'scan')])
  await reading.studies.chooseSeries('abdomen')
  expect(tried).toEqual(['thin', 'abdomen'])
})
