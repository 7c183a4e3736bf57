import { expect, it } from 'vitest'
import { FINDING_IDS } from '../domain/findings/findings.fixture.ts'
import { NO_EDITS } from '../domain/statements/edits.ts'
import { toStatement } from '../domain/statements/statement.fixture.ts'
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
  study.show('findings', { outOfDistribution: [{ kind: 'distance', distance: 30, limit: 19 }] })
  refreshPanel(store, study)
  expect(disputes()).toBe(0)
})

it('moves no row while the microphone is on, and brings all into their order once it is off', () => {
  const { store, study, see } = createOneStudy()
  see(axis('emphysema'))
  const seen = FINDING_IDS.map((id, n) => ({ id, margin: 1, probability: 0.9 - n / 100, threshold: 0.5 }))
  study.seen = { ...study.seen!, findings: seen.map((one) => ({ ...one, seen: 'absent' as const })) }
  const order = () => study.state.findings.rows.map(({ id }) => id)
  store.patch('microphone', { status: 'listening' })
  refreshPanel(store, study)
  const ranked = order()
  expect(ranked).toEqual([...FINDING_IDS])
  const last = ranked[17]
  const statements = [toStatement({ findingId: last })]
  const item = { id: 'u', phase: 'ready', transcript: null, edits: NO_EDITS, statements }
  study.show('dictation', { utterances: [item as never] })
  refreshPanel(store, study)
  expect(order()).toEqual(ranked)
  expect(study.state.findings.rows[17]).toMatchObject({ said: 'present', agreement: 'said-not-seen', group: 'ranked' })
  store.patch('microphone', { status: 'off' })
  refreshPanel(store, study)
  expect(order()).toEqual([last, ...ranked.slice(0, 17)])
  expect(study.state.findings.rows[0].group).toBe('to-resolve')
})

it('takes what begins in mid-sentence for the end of the sentence before it, but not where it names a finding of its own', () => {
  const { store, study } = createOneStudy()
  const first = { findingId: 'lung_opacity', words: 'Opacity on the left.' }
  const show = (transcript: string, own: Parameters<typeof toStatement>[0] | null) => {
    const items = [
      { id: 'a', transcript: first.words, statements: [toStatement(first)] },
      { id: 'b', transcript, statements: own ? [toStatement(own)] : [] },
    ]
    study.show('dictation', {
      utterances: items.map((item) => ({ ...item, phase: 'ready', edits: NO_EDITS }) as never),
    })
    refreshPanel(store, study)
    return study.state.findings.rows.find(({ id }) => id === 'lung_opacity')?.said
  }
  expect(show('Is possible.', null)).toBe('uncertain')
  const words = 'May be atelectasis.'
  expect(show(words, { findingId: 'atelectasis', status: 'uncertain', words })).toBe('present')
})
