import { beforeEach, expect, it } from 'vitest'
import { canShowMatch } from '../commands/stateReads.ts'
import { FINDING_IDS } from '../domain/findings/findings.fixture.ts'
import type { SeenFinding } from '../domain/findings/seen.ts'
import { NO_EDITS } from '../domain/statements/edits.ts'
import { toStatement } from '../domain/statements/statement.fixture.ts'
import { selectHasFindings, selectHasReading } from '../state/selectors.ts'
import { toReadingExport } from './exportReading.ts'
import { findSimilar } from './findSimilar.ts'
import { axis, createOneStudy } from './oneStudy.fixture.ts'
import { refreshPanel } from './panel.ts'
import { showEvidence } from './showEvidence.ts'

let parts: ReturnType<typeof createOneStudy>
const laid: unknown[] = []
const moved: unknown[] = []
const deps = () => ({
  screen: parts.store,
  viewer: { setHeat: (heat: unknown) => laid.push(heat), setCrosshair: (to: unknown) => moved.push(to) } as never,
  ctEngine: { heat: async () => Float32Array.of(1) } as never,
})

/** A scan whose consolidation is all but certain by the model, and which the scores do not apply to. */
beforeEach(() => {
  parts = createOneStudy()
  laid.length = 0
  moved.length = 0
  parts.see(axis('consolidation'))
  parts.study.seen = { ...parts.study.seen!, findings: seenOf(0.99996) }
  parts.study.show('findings', { phase: 'ready', outOfDistribution: [{ kind: 'scanner' }] })
  refreshPanel(parts.store, parts.study)
})

const seenOf = (probability: number): SeenFinding[] =>
  FINDING_IDS.map((id) => ({
    id,
    margin: 1,
    probability,
    threshold: 0.5,
    seen: probability >= 0.5 ? 'present' : 'absent',
  }))

const consolidation = { kind: 'finding', findingId: 'consolidation' } as const
const exported = () => toReadingExport(parts.store, parts.study, parts.pack.pack, false)
const ask = () => {
  parts.study.show('findings', { isEvidenceAsked: true })
  refreshPanel(parts.store, parts.study)
}
const say = () => {
  const statements = [toStatement({ findingId: 'consolidation' })]
  const item = { id: 'u', phase: 'ready', transcript: null, edits: NO_EDITS, statements }
  parts.study.show('dictation', { utterances: [item as never] })
  refreshPanel(parts.store, parts.study)
}

it('shows no score, calls nothing seen and disputes nothing, but what was said stays', () => {
  expect(selectHasFindings(parts.store.get())).toBe(false)
  expect(selectHasReading(parts.store.get())).toBe(true)
  say()
  const rows = parts.study.state.findings.rows
  expect(rows.filter(({ probability, seen }) => probability !== null || seen !== null)).toEqual([])
  expect(rows.filter(({ said }) => said === 'present').map(({ id }) => id)).toEqual(['consolidation'])
  expect(new Set(rows.map(({ agreement }) => agreement))).toEqual(new Set([null]))
})

it('never exports a finding as seen, neither before the evidence was asked for nor after', () => {
  say()
  for (const isAsked of [false, true]) {
    if (isAsked) ask()
    const reading = exported()!
    expect(reading).toMatchObject({ scoresApply: false, outOfDistribution: [{ kind: 'scanner' }] })
    const { findings } = reading as {
      findings: readonly { id: string; seen: string; said: string; probability: null }[]
    }
    expect(new Set(findings.map(({ seen }) => seen))).toEqual(new Set(['not-applicable']))
    expect(new Set(findings.map(({ probability }) => probability))).toEqual(new Set([null]))
    expect(findings.find(({ id }) => id === 'consolidation')?.said).toBe('present')
    expect(JSON.stringify(reading).includes('0.99996')).toBe(isAsked)
  }
})

it('exports a scan that the scores apply to as before', () => {
  parts.study.show('findings', { outOfDistribution: null })
  refreshPanel(parts.store, parts.study)
  expect(exported()).toMatchObject({ scoresApply: true, outOfDistribution: null, similar: { applies: true } })
  expect(exported()!.findings[0]).toMatchObject({ probability: 0.99996, seen: 'present' })
})

it('lists no case like the scan before the evidence is asked for, but answers a finding', async () => {
  await findSimilar(parts.pack, parts.study, { kind: 'ct' })
  expect(parts.study.state.similar).toMatchObject({ cases: [], problem: { code: 'foreign-scan' } })
  await findSimilar(parts.pack, parts.study, { kind: 'finding', findingId: 'emphysema' })
  expect(parts.study.state.similar.cases.map(({ id }) => id)).toEqual(['b', 'a'])
  expect(exported()!.similar.applies).toBe(true)
  ask()
  await findSimilar(parts.pack, parts.study, { kind: 'ct' })
  expect(parts.study.state.similar.cases).toHaveLength(2)
  expect(exported()!.similar.applies).toBe(false)
})

it('lays no heat before the evidence is asked for, and moves nothing', async () => {
  await showEvidence(deps(), parts.pack, parts.study, consolidation, { isAsked: true })
  expect([parts.study.heat, laid, moved]).toEqual([null, [null], []])
  ask()
  await showEvidence(deps(), parts.pack, parts.study, consolidation)
  expect(parts.study.heat?.strength).toBe(0.3)
})

it('withholds heat of a finding below its threshold until it is asked for, and draws it faintly then', async () => {
  parts.study.show('findings', { outOfDistribution: null })
  parts.study.seen = { ...parts.study.seen!, findings: seenOf(0.006) }
  await showEvidence(deps(), parts.pack, parts.study, consolidation)
  expect([parts.study.heat, parts.study.state.heat, moved]).toEqual([null, null, []])
  expect(parts.study.state.heatEvidence).toEqual({
    query: consolidation,
    evidence: { probability: 0.006, threshold: 0.5 },
    isWithheld: true,
    peakLpsMm: null,
  })
  await showEvidence(deps(), parts.pack, parts.study, consolidation, { isAsked: true })
  expect(parts.study.heat?.strength).toBe(0.2)
  expect(parts.study.state.heatEvidence?.isWithheld).toBe(false)
  expect(moved).toHaveLength(1)
})

it('leads to no match of a case beside it before the evidence is asked for', () => {
  parts.store.patch('desk', { comparisonId: 'phantom-7' })
  expect(canShowMatch(parts.store.get())).toBe(false)
  ask()
  expect(canShowMatch(parts.store.get())).toBe(true)
})
