import type { SimilarQuery } from '../state/appState.ts'
import type { Heavy } from './heavy.ts'
import { NOT_READ, refreshPanel } from './panel.ts'
import type { Screen } from './screen.ts'

/** What stood on the panels before the pack was changed, to be shown again by the next one. */
export interface Shown {
  readonly studyId: string | undefined
  readonly query: SimilarQuery
  readonly heat: SimilarQuery | null
}

export function noteShown(screen: Screen): Shown {
  const { similar, view, study } = screen.get()
  return { studyId: study.current?.id, query: similar.query, heat: view.heat }
}

/**
 * What to ask of the next pack: heat before a list alone; null where the study or what is asked has changed since, and
 * where the next pack does not have the finding.
 */
export function toAskAgain(screen: Screen, shown: Shown | null): SimilarQuery | null {
  const { view, similar, study, model } = screen.get()
  if (!shown || study.current?.id !== shown.studyId || view.heat || similar.query.kind !== 'ct') return null
  const asked = shown.heat ?? shown.query
  const isUnknown = asked.kind === 'finding' && !model.findings.some(({ id }) => id === asked.findingId)
  return isUnknown ? null : asked
}

/** Nothing that a pack has computed stays, neither on the panels nor behind them. */
export function clearPanels(screen: Screen, heavy: Heavy): void {
  heavy.readings.clear()
  heavy.foundCases.clear()
  screen.patch('model', { phase: 'working', problem: null, progress: null })
  screen.patch('findings', { ...NOT_READ, phase: 'idle' })
  screen.patch('similar', { query: { kind: 'ct' }, cases: [], isSearching: false, problem: null })
  refreshPanel(screen, null)
}
