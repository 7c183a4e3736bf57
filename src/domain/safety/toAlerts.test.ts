import { describe, expect, it } from 'vitest'
import type { WrittenUtterance } from './contradictions/contradictions.ts'
import type { HeatPlace } from './heatPlace.ts'
import { heatAt, place, say, seen } from './safety.fixture.ts'
import { type SeenScan, toAlerts, toWantedHeat } from './toAlerts.ts'

const look = (findings: SeenScan['findings'], heat: Record<string, HeatPlace> = {}): SeenScan => ({
  findings,
  heat: new Map(Object.entries(heat)),
})
const close = (utterances: readonly WrittenUtterance[], scan: SeenScan, budget = 5, answered: readonly string[] = []) =>
  toAlerts({ utterances, scan, sex: null, budget, answered }).alerts

describe('what was seen and never mentioned', () => {
  const scan = look([seen('hernia', 0.7), seen('nodule', 0.95), seen('effusion', 0.3)])

  it('is offered, the most probable first, with its probability and its heat', () => {
    const heat = heatAt({ side: 'left', third: 'upper', peakLpsMm: [40, 0, 9] })
    expect(close([], { ...scan, heat: new Map([['nodule', heat]]) })).toMatchObject([
      { kind: 'unmentioned', id: 'unmentioned nodule', findingId: 'nodule', probability: 0.95, heat },
      { kind: 'unmentioned', findingId: 'hernia', probability: 0.7, heat: null },
    ])
  })

  it.each(['present', 'absent', 'uncertain', 'resolved'] as const)(
    'is not offered where it was said to be %s',
    (status) => {
      const alerts = close([say('1', 'a nodule', { findingId: 'nodule', status })], scan)
      expect(alerts.map(({ findingId }) => findingId)).toEqual(['hernia'])
    },
  )

  it('is offered where what was said of it was taken back', () => {
    const back = { ...say('2', 'scratch that'), takesBackPrevious: true }
    const alerts = close([say('1', 'a nodule', { findingId: 'nodule' }), back], scan)
    expect(alerts.map(({ findingId }) => findingId)).toEqual(['nodule', 'hernia'])
  })

  it('stands back where its heat is that of a finding that was said', () => {
    const at = heatAt({ peakLpsMm: [50, 20, 0] })
    const near = heatAt({ peakLpsMm: [60, 20, 10] })
    const far = heatAt({ peakLpsMm: [-60, 20, 10] })
    const findings = [seen('atelectasis', 0.9), seen('fibrosis', 0.8), seen('hernia', 0.7)]
    const said = [say('1', 'collapse', { findingId: 'atelectasis' })]
    expect(
      close(said, look(findings, { atelectasis: at, fibrosis: near, hernia: far })).map((one) => one.findingId),
    ).toEqual(['hernia', 'fibrosis'])
    expect(
      close(said, look(findings, { atelectasis: at, fibrosis: far, hernia: far })).map((one) => one.findingId),
    ).toEqual(['fibrosis', 'hernia'])
  })
})

describe('where the words put what is seen', () => {
  const right = heatAt({ side: 'right', third: 'lower' })
  const misplaced = (heat: HeatPlace, ...said: Parameters<typeof say>[2][]) =>
    close(
      said.map((one, n) => say(String(n), `effusion ${n}`, { findingId: 'effusion', ...one })),
      look([seen('effusion', 0.9)], { effusion: heat }),
    ).filter(({ kind }) => kind === 'misplaced')

  it('is told where the heat lies on the other side, with both places and who said it', () => {
    expect(misplaced(right, { place: place('left') })).toMatchObject([
      { differs: 'side', said: [place('left')], heat: right, mentions: [{ utteranceId: '0' }], probability: 0.9 },
    ])
    expect(misplaced(right, { place: place('left', 'lingula') })).toMatchObject([{ differs: 'side' }])
    expect(misplaced(right, {}, { place: place('left') })).toMatchObject([{ said: [place('left')] }])
  })

  it('is none where both sides, the side of the heat, or no side was said', () => {
    expect(misplaced(right, { place: place('bilateral') })).toEqual([])
    expect(misplaced(right, { place: place('right') })).toEqual([])
    expect(misplaced(right, {})).toEqual([])
    expect(misplaced(right, { place: place('left') }, { place: place('right') })).toEqual([])
    expect(misplaced(right, { place: place('left') }, { place: place('right'), status: 'uncertain' })).toEqual([])
  })

  it('is none where the heat has no side, the finding is not seen, or its heat is not known', () => {
    expect(misplaced(heatAt({ side: null, sideShare: 0.6 }), { place: place('left') })).toEqual([])
    const said = [say('1', 'left effusion', { findingId: 'effusion', place: place('left') })]
    expect(close(said, look([seen('effusion', 0.1)], { effusion: right }))).toEqual([])
    expect(close(said, look([seen('effusion', 0.9)]))).toEqual([])
  })

  it('takes what is denied, doubted or over for no place of what is there', () => {
    for (const status of ['absent', 'uncertain', 'resolved'] as const)
      expect(misplaced(right, { place: place('left'), status })).toEqual([])
    expect(misplaced(right, { place: place('right') }, { place: place('left'), status: 'absent' })).toEqual([])
  })

  it('is told by thirds, which lobes reach over', () => {
    const high = heatAt({ side: 'left', third: 'upper', height: 0.9 })
    const low = heatAt({ side: 'left', third: 'lower', height: 0.1 })
    const mid = heatAt({ side: 'left', third: 'middle', height: 0.5 })
    const differs = (heat: HeatPlace, lobe: 'upper' | 'lower' | 'lingula') =>
      misplaced(heat, { place: place('left', lobe) }).map((one) => one.kind === 'misplaced' && one.differs)
    expect([differs(high, 'lower'), differs(high, 'lingula'), differs(low, 'upper')]).toEqual([
      ['third'],
      ['third'],
      ['third'],
    ])
    expect([differs(mid, 'lower'), differs(mid, 'upper'), differs(low, 'lingula'), differs(low, 'lower')]).toEqual([
      [],
      [],
      [],
      [],
    ])
  })
})

describe('the budget', () => {
  const scan = look([seen('a', 0.9), seen('b', 0.8), seen('c', 0.7)])

  it('is never passed, whatever there is to tell', () => {
    const said = [say('1', 'effusion', {}), say('2', 'no effusion', { status: 'absent' })]
    for (const budget of [0, 1, 2, 3]) expect(close(said, scan, budget)).toHaveLength(budget)
    expect(close([], scan, Number.POSITIVE_INFINITY)).toHaveLength(3)
  })

  it('takes more doubtful alerts the larger it is', () => {
    const doubtful = look([seen('a', 0.45)])
    expect([1, 2].map((budget) => close([], doubtful, budget).length)).toEqual([0, 1])
  })

  it('counts what was answered, which does not come back', () => {
    expect(close([], scan, 2, ['unmentioned a']).map(({ id }) => id)).toEqual(['unmentioned b'])
    expect(close([], scan, 2, ['unmentioned a', 'unmentioned b'])).toEqual([])
  })

  it('goes to what is surest', () => {
    const said = [say('1', 'effusion', {}), say('2', 'no effusion', { status: 'absent' })]
    expect(close(said, scan, 1)).toMatchObject([{ kind: 'contradiction' }])
  })
})

describe('a scan that the scores do not apply to', () => {
  it('offers nothing and says so; the words are held against one another all the same', () => {
    const said = [say('1', 'effusion', {}), say('2', 'no effusion', { status: 'absent' })]
    const why = 'The model’s scores do not apply to this scan.'
    const net = toAlerts({ utterances: said, scan: { why }, sex: null, budget: 3, answered: [] })
    expect(net.note).toBe(why)
    expect(net.alerts).toMatchObject([{ kind: 'contradiction', about: 'presence' }])
    expect(toAlerts({ utterances: [], scan: look([]), sex: null, budget: 3, answered: [] }).note).toBeNull()
  })
})

describe('the heat that is wanted', () => {
  const findings = [seen('a', 0.9), seen('b', 0.8), seen('c', 0.1)]

  it('is that of what nobody spoke of and of what may explain it, else of what was said at a place', () => {
    expect(toWantedHeat(findings, [say('1', 'b', { findingId: 'b' })])).toEqual(['a', 'b'])
    const both = [say('1', 'a', { findingId: 'a', place: place('left') }), say('2', 'b', { findingId: 'b' })]
    expect(toWantedHeat(findings, both)).toEqual(['a'])
  })
})
