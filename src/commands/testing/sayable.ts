import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { VIEW_PLANES } from '../../domain/geometry/viewPlane.ts'
import { NO_EDITS } from '../../domain/statements/edits.ts'
import type { AppState, FindingRow, SimilarCase } from '../../state/appState.ts'
import { NEW_STUDY } from '../../state/studyState.ts'
import { createTestContext, showStudy } from '../context.fixture.ts'

interface PackFinding {
  readonly id: string
  readonly label: string
  readonly synonyms: readonly string[]
}

const COUNTED = 5
const numbered = (name: string, toItem: (id: string, n: number) => object): object[] =>
  Array.from({ length: COUNTED }, (_, n) => toItem(`${name}-${n + 1}`, n + 1))

/** A state in which all is there that commands can name: the bundled pack's findings, five cases, measures and sentences, a prior beside. */
export function toSayableState(): AppState {
  const { store } = createTestContext()
  const manifest = JSON.parse(readFileSync(resolve('public/models/phantom-mini/manifest.json'), 'utf8'))
  const findings: readonly PackFinding[] = manifest.findings
  store.patch('model', { phase: 'ready', textPhase: 'ready', findings: findings as AppState['model']['findings'] })
  store.patch('desk', { comparisonPhase: 'ready' })
  const rows = findings.map(({ id, label }) => ({ id, label, group: 'seen' }) as unknown as FindingRow)
  const cases = numbered('case', (id, n) => ({ id, title: `Phantom ${700 + n}`, canOpen: true }))
  const items = numbered('measure', (id) => ({ measure: { id, label: '', kind: 'length' } }))
  const images = numbered('key', (id) => ({
    id,
    slice: null,
    slab: null,
    note: '',
    plane: 'axial',
    planes: VIEW_PLANES,
  }))
  const utterances = numbered('utterance', (id, n) => ({
    id,
    phase: 'ready',
    transcript: n === 1 ? 'Small nodule in the left upper lobe.' : 'No effusion.',
    edits: NO_EDITS,
    statements: [],
  }))
  showStudy(store, {
    findings: { ...NEW_STUDY.findings, phase: 'ready', rows },
    similar: { ...NEW_STUDY.similar, cases: cases as SimilarCase[] },
    keyImages: { ...NEW_STUDY.keyImages, items: images as typeof NEW_STUDY.keyImages.items },
    measures: { ...NEW_STUDY.measures, items: items as typeof NEW_STUDY.measures.items },
    dictation: { ...NEW_STUDY.dictation, utterances: utterances as typeof NEW_STUDY.dictation.utterances },
  })
  return store.get()
}
