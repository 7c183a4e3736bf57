import { expect, it } from 'vitest'
import type { SeriesSummary } from '../volume/series.ts'
import { countWork, findWork, type ReadSeries, toExaminations, toWorkList } from './workList.ts'

const seriesOf = (id: string, studyUid: string, part: Partial<SeriesSummary> = {}, patient = studyUid) =>
  ({
    id,
    identity: { studyUid, patientId: `P-${patient}`, birthDate: null, patientName: null, sex: null, studyDate: null },
    chestScore: 10,
    ...part,
  }) as unknown as SeriesSummary

const dated = (id: string, studyDate: string) =>
  seriesOf(id, id, {
    identity: { studyUid: id, patientId: 'P-same', birthDate: null, patientName: null, sex: null, studyDate } as never,
  })

const readOf = (seriesId: string | null, status: ReadSeries['status'], studyId = `study-${seriesId}`): ReadSeries => ({
  studyId,
  seriesId,
  status,
})

const SIX = Array.from({ length: 6 }, (_, n) => seriesOf(`s${n}`, `u${n}`))

it('lists each examination once, in the order in which it came, whatever is read of it and in which order', () => {
  const lung = seriesOf('lung', 'u0')
  const all = toExaminations([[SIX[0], lung, SIX[1]], [SIX[2]], [SIX[1], SIX[3]]])
  const list = toWorkList(all, [readOf('s3', 'signed'), readOf('lung', 'dictated')])
  expect(list.map(({ id, status, series }) => [id, status, series.length])).toEqual([
    ['s0', 'dictated', 2],
    ['s1', 'unread', 1],
    ['s2', 'unread', 1],
    ['s3', 'signed', 1],
  ])
  expect(countWork(list)).toEqual({ left: 3, all: 4 })
})

it('leaves out what does not open as a scan', () => {
  const refused = seriesOf('no', 'u8', { chestScore: 0 })
  const labels = seriesOf('seg', 'u9', { labels: {} as never })
  expect(toExaminations([[refused, labels, SIX[0]]]).map(({ series }) => series[0].id)).toEqual(['s0'])
})

it('of two series with reports the state is that which asks for something, and the one that is reported comes first', () => {
  const kernels = [seriesOf('soft', 'u0'), seriesOf('lung', 'u0')]
  const stateOf = (...read: ReadSeries[]) => toWorkList(toExaminations([kernels]), read)[0]
  expect(stateOf(readOf('soft', 'unread'), readOf('lung', 'signed'))).toMatchObject({
    status: 'signed',
    read: [{ seriesId: 'lung' }, { seriesId: 'soft' }],
  })
  expect(stateOf(readOf('soft', 'signed'), readOf('lung', 'dictated')).status).toBe('dictated')
  expect(stateOf(readOf('soft', 'dictated'), readOf('lung', 'amended')).status).toBe('amended')
})

it('counts a prior and a case of the library only once something is reported of them', () => {
  const all = toExaminations([[dated('now', '20260301'), dated('then', '20250301')]])
  const silent = toWorkList(all, [readOf(null, 'unread', 'phantom-7')])
  expect(silent.map(({ id, isAside }) => [id, isAside])).toEqual([
    ['phantom-7', true],
    ['now', false],
    ['then', true],
  ])
  expect(countWork(silent)).toEqual({ left: 1, all: 1 })
  const spoken = toWorkList(all, [readOf(null, 'dictated', 'phantom-7'), readOf('then', 'signed')])
  expect(countWork(spoken)).toEqual({ left: 2, all: 3 })
})

it('two studies of one patient at an unknown date are both to be read', () => {
  const all = toExaminations([[seriesOf('a', 'u1', {}, 'one'), seriesOf('b', 'u2', {}, 'one')]])
  expect(all.map(({ isPrior }) => isPrior)).toEqual([false, false])
})

it('goes to the neighbour and stops at the ends; to one of a state it goes round', () => {
  const states = ['signed', 'unread', 'dictated', 'signed', 'unread', 'amended'] as const
  const list = toWorkList(
    toExaminations([SIX]),
    states.map((status, n) => readOf(`s${n}`, status)),
  )
  const from = (id: string | null, ...how: [1 | -1, ('unread' | 'unsigned')?]) => findWork(list, id, ...how)?.id ?? null
  expect([from('s0', 1), from('s5', 1), from('s5', -1), from('s0', -1), from(null, 1)]).toEqual([
    's1',
    null,
    's4',
    null,
    's0',
  ])
  expect([from('s1', 1, 'unread'), from('s4', 1, 'unread'), from('s5', 1, 'unread')]).toEqual(['s4', 's1', 's1'])
  expect([from('s2', 1, 'unsigned'), from('s5', 1, 'unsigned'), from(null, 1, 'unsigned')]).toEqual(['s5', 's2', 's2'])
  const single = toWorkList(toExaminations([[SIX[0]]]), [readOf('s0', 'unread')])
  expect([1, -1].map((step) => findWork(single, 's0', step as 1 | -1))).toEqual([null, null])
  expect(findWork(single, 's0', 1, 'unread')).toBeNull()
})

it('passes over what is aside, also where that is what is read', () => {
  const all = toExaminations([[dated('now', '20260301'), dated('then', '20250301'), SIX[0]]])
  const list = toWorkList(all, [readOf(null, 'unread', 'phantom-7')])
  expect(findWork(list, 'phantom-7', 1)?.id).toBe('now')
  expect(findWork(list, 'now', 1)?.id).toBe('s0')
  expect(findWork(list, 's0', -1)?.id).toBe('now')
})

it('forty studies are one list', () => {
  const forty = Array.from({ length: 40 }, (_, n) => seriesOf(`s${n}`, `u${n}`))
  const read = forty.map(({ id }, n) => readOf(id, n < 25 ? 'signed' : 'unread'))
  const list = toWorkList(toExaminations([forty]), read)
  expect([countWork(list), findWork(list, 's24', 1, 'unread')?.id]).toEqual([{ left: 15, all: 40 }, 's25'])
})
