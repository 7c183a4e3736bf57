import type { PackSession } from '../session/packSession.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'
import type { SimilarQuery } from '../state/appState.ts'
import { NOT_READ, refreshPanel } from './panel.ts'

/** What stood on the panels before the pack was changed, to be shown again by the next one. */
export interface Shown {
  readonly study: StudySession | null
  readonly query: SimilarQuery
  readonly heat: SimilarQuery | null
}

export const noteShown = (study: StudySession | null): Shown => ({
  study,
  query: study?.state.similar.query ?? { kind: 'ct' },
  heat: study?.state.heatEvidence?.query ?? study?.state.heat ?? null,
})

/**
 * What to ask of the next pack: heat before a list alone; null where the study or what is asked has changed since, and
 * where the next pack does not have the finding.
 */
export function toAskAgain(
  { pack }: PackSession,
  study: StudySession | null,
  shown: Shown | null,
): SimilarQuery | null {
  if (!study || study !== shown?.study || study.state.heat || study.state.similar.query.kind !== 'ct') return null
  const asked = shown.heat ?? shown.query
  const isUnknown = asked.kind === 'finding' && !pack.manifest.findings.some(({ id }) => id === asked.findingId)
  return isUnknown ? null : asked
}

/** Nothing that a pack has computed about a study stays, neither on its panels nor behind them. */
export function forgetSeen(screen: Screen, study: StudySession): void {
  study.rest()
  study.seen = null
  study.show('findings', { ...NOT_READ, phase: 'idle' })
  study.show('similar', { query: { kind: 'ct' }, cases: [], isSearching: false, problem: null })
  refreshPanel(screen, study)
}

export const showNoPack = (screen: Screen): void =>
  screen.patch('model', { phase: 'working', problem: null, progress: null })
