import { expect, it } from 'vitest'
import { FINDING_IDS } from '../domain/findings/findings.fixture.ts'
import { NO_EDITS } from '../domain/statements/edits.ts'
import { axis, createOneStudy } from './oneStudy.fixture.ts'
import { refreshPanel } from './panel.ts'

it('disputes what was said only where the scores apply to the scan', () => {
  const { store, study, see } = createOneStudy()
  see(axis('emphysema'))
  const seen = { margin: 1, probability: 0.9, threshold: 0.5, seen: 'present' } as const
  study.seen = { ...study.seen!, findings: FINDING_IDS.map((id) => ({ id, ...seen })) }
  study.show('dictation', { utterances: [{ id: 'u', phase: 'ready', statements: [], edits: NO_EDITS } as never] })
  const disputes = () => study.state.findings.rows.filter((row) => row.agreement === 'seen-not-said').length
  refreshPanel(store, study)
  expect(disputes()).toBe(18)
  study.show('findings', { outOfDistribution: { distance: 30, limit: 19 } })
  refreshPanel(store, study)
  expect(disputes()).toBe(0)
})
