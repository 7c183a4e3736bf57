import type { Orientation } from '../domain/geometry/viewPlane.ts'
import type { AppState, FindingRow, UtteranceItem, ViewerName } from '../state/appState.ts'
import { selectSelectedFindingId, selectSelectedUtteranceId } from '../state/selectors.ts'

/* All that commands read of the state, so that its shape is known to one file of this room. */

export const hasStudy = ({ study }: AppState): boolean => study.current !== null

/** Something runs that `cancelWork` ends. */
export const isCancellable = ({ study, findings, dictation }: AppState): boolean =>
  study.phase === 'working' ||
  study.comparisonPhase === 'working' ||
  findings.phase === 'working' ||
  dictation.fileProgress !== null

export const isComparing = ({ study }: AppState): boolean => study.comparisonPhase !== 'idle'

export interface ActiveView {
  readonly viewer: ViewerName
  readonly orientation: Orientation
}

export const activeView = ({ view }: AppState): ActiveView => ({
  viewer: view.activeViewer,
  orientation: view.activeOrientation,
})

export const maximisedView = ({ view }: AppState): Orientation | null => view.maximised

export const isPanelShown = ({ view }: AppState, panel: keyof AppState['view']['panels']): boolean => view.panels[panel]

export const findingRows = ({ findings }: AppState): readonly FindingRow[] => findings.rows

export const utterances = ({ dictation }: AppState): readonly UtteranceItem[] => dictation.utterances

export const hasRemoved = ({ dictation }: AppState): boolean => dictation.lastRemoved !== null

export const selectedFinding = selectSelectedFindingId
export const selectedUtterance = selectSelectedUtteranceId

export const heatSource = ({ view }: AppState) => view.heat

/** What the similar cases were searched by last. */
export const similarQuery = ({ similar }: AppState) => similar.query

export const similarCases = ({ similar }: AppState) => similar.cases

export const canType = ({ model }: AppState): boolean => model.textPhase === 'ready'

export const canEncode = ({ study, findings, model }: AppState): boolean =>
  study.current !== null && model.phase === 'ready' && findings.phase !== 'working'

export const seriesOffered = ({ study }: AppState) => study.series

export const recentStudies = ({ study }: AppState) => study.recent

export const packs = ({ model }: AppState) => model.packs

export const isModelIdle = ({ model }: AppState): boolean => model.phase !== 'working'

export const isAddingPack = ({ brought }: AppState): boolean => brought.adding !== null
