import { isUnsigned } from '../domain/dictatedReport/reportStatus.ts'
import { toUnfolded } from '../domain/findings/arrangement.ts'
import type { Finding } from '../domain/findings/finding.ts'
import { toRegionWindow } from '../domain/measure/regionWindow.ts'
import { listSameScan } from '../domain/study/sameScan.ts'
import { toSeriesTitle, toStudyName } from '../domain/study/seriesName.ts'
import { findWork, type Wanted } from '../domain/study/workList.ts'
import type { AppState, FindingRow, QueryPart, UtteranceItem } from '../state/appState.ts'
import { selectComparisons, selectPrior } from '../state/comparisonSelectors.ts'
import { selectActivePane, selectLayout, selectNextPane, selectPaneOfPlane } from '../state/layoutSelectors.ts'
import { selectListedSeries } from '../state/listedSeries.ts'
import { selectIsFiltered, selectQueryParts, selectSourceName } from '../state/querySelectors.ts'
import { selectAlerts, selectReport, selectReportStatus } from '../state/reportSelectors.ts'
import {
  isOpenToSettle,
  isSaid,
  selectHasReading,
  selectIsCancellable,
  selectIsEvidenceClosed,
  selectLatestUtterance,
  selectRead,
  selectSelectedFindingId,
  selectSelectedUtteranceId,
} from '../state/selectors.ts'
import { selectReadEntryId, selectWorkList } from '../state/workListSelectors.ts'

/* All that commands read of the state, so that its shape is known to one file of this room. */

export const hasStudy = ({ desk }: AppState): boolean => desk.readId !== null

/** Something runs that `cancelWork` ends. */
export const isCancellable = selectIsCancellable

export const isComparing = ({ desk }: AppState): boolean => desk.comparisonPhase !== 'idle'

/**
 * A case lies beside the study, and is not on its way only. A match is the model's evidence too: where its scores do not apply to
 * the scan it is shown on request only.
 */
export const canShowMatch = (state: AppState): boolean =>
  state.desk.comparisonId !== null && !selectIsEvidenceClosed(state)

export const activePane = selectActivePane
export const nextPane = selectNextPane
export const paneOfPlane = selectPaneOfPlane

export const isRecording = ({ view }: AppState): boolean => view.recording !== null

export const cine = ({ view }: AppState) => view.cine

/** The planes that the views of each orientation lie in. */
export const viewPlanes = ({ view }: AppState) => view.planes

export const solidLook = ({ view }: AppState) => view.solid

/** The panes by number, as a person counts them. */
export const panesInOrder = (state: AppState) => selectLayout(state).panes

/** Studies that can lie beside the one being read. */
export const comparisons = selectComparisons

/** The prior that is offered. */
export const offeredPrior = selectPrior

/** The study to be compared with that lies beside. */
export const priorBeside = ({ desk }: AppState) => desk.prior

export const isIdentityShown = ({ view }: AppState): boolean => view.isIdentityShown

export const isScrollLinked = ({ view }: AppState): boolean => view.isScrollLinked

export const maximisedPaneId = ({ view }: AppState): string | null => view.maximisedPaneId

export { isCrosshairShown, isPanelShown } from '../state/viewSetters.ts'

export const openDrawer = ({ view }: AppState) => view.drawer

export const findingRows = (state: AppState): readonly FindingRow[] => selectRead(state).findings.rows

/** Those that are on view, in the order of the panel. */
export const shownRows = (state: AppState): readonly FindingRow[] =>
  toUnfolded(
    selectIsEvidenceClosed(state) ? findingRows(state).filter(isSaid) : findingRows(state),
    state.view.areOthersShown,
    selectedFinding(state),
  )

/** The chosen finding, where the reader is asked what holds of it. */
export const findingToSettle = (state: AppState): FindingRow | undefined =>
  findingRows(state).find((row) => row.id === selectedFinding(state) && isOpenToSettle(row))

export const hasOthers = (state: AppState): boolean => findingRows(state).some(({ group }) => group === 'others')

/** Those of the pack. */
export const findings = ({ model }: AppState): readonly Finding[] => model.findings

export const findingSynonyms = ({ model }: AppState, findingId: string): readonly string[] =>
  model.findings.find(({ id }) => id === findingId)?.synonyms ?? []

/** Findings of the reader's own. */
export const ownFindings = ({ own }: AppState) => own.findings

export const canUndoOwn = ({ own }: AppState): boolean => own.undo !== null

/** Libraries of the reader's own. */
export const ownLibraries = (state: AppState) => state.ownLibraries.libraries

/** Those that this site's server offers for the model in use, and the reader has agreed to or not. */
export const serverLibraries = ({ remote }: AppState, isAgreed: boolean) =>
  remote.offered.filter(({ path, phase }) => remote.agreed.includes(path) === isAgreed && phase !== 'other-model')

export const canUndoLibraries = (state: AppState): boolean => state.ownLibraries.undo !== null

/** The scan that is read has an embedding. */
export const canMark = (state: AppState): boolean => hasStudy(state) && selectRead(state).findings.phase === 'ready'

/** The finding that is chosen, whoever's it is: what the keys mark. */
export const chosenToMark = (state: AppState) => {
  const id = selectedFinding(state)
  return [...state.own.findings, ...state.model.findings].find((finding) => finding.id === id)
}

/** How the scan is marked as to a finding of the reader's own. */
export const markOf = (state: AppState, findingId: string): 'present' | 'absent' | null =>
  state.own.findings.find(({ id }) => id === findingId)?.marks[state.desk.readId ?? ''] ?? null

export const utterances = (state: AppState): readonly UtteranceItem[] => selectRead(state).dictation.utterances

export const measures = (state: AppState) => selectRead(state).measures

/** The window of the chosen region, HU; null where none is chosen. */
export const regionWindow = (state: AppState) => {
  const { items, selectedId } = measures(state)
  return toRegionWindow(items.find(({ measure }) => measure.id === selectedId)?.values ?? [])
}

/** The sentences of the report of the study that is read. */
export const reportSentences = (state: AppState) => selectReport(selectRead(state))
export const reportStatus = (state: AppState) => selectReportStatus(selectRead(state))

/** Templates that can be put in, the reader's own first; the kind of the study that is read, and what is put in for it by default. */
export {
  selectDefaultTemplate as defaultTemplate,
  selectStudyType as studyType,
  selectTemplates as templates,
} from '../state/templateSelectors.ts'

export const canUndoTemplates = (state: AppState): boolean => state.templates.undo !== null

export const isUnsignedTold = ({ view }: AppState): boolean => view.isUnsignedTold

/** Studies that are open and not read now, whose reports wait for a signature. */
export const leftUnsigned = (state: AppState) =>
  selectWorkList(state)
    .flatMap(({ read }) => read)
    .filter(({ studyId, status }) => isUnsigned(status) && studyId !== state.desk.readId && state.studies[studyId])
    .map(({ studyId }) => {
      const { study } = state.studies[studyId]
      const [name, title] = [toStudyName(study, isIdentityShown(state)), toSeriesTitle(study, isIdentityShown(state))]
      return { value: studyId, title: name === title ? title : `${name}: ${title}`, words: [title] }
    })
/** Earlier reports of the patient, and which one is open beside. */
export const earlierReports = (state: AppState) => selectRead(state).report.earlier
export const openEarlierId = (state: AppState): string | null => selectRead(state).report.openEarlierId

/** What the check of the report asks and was not answered. */
export const alerts = (state: AppState) => selectAlerts(selectRead(state))

export const keyImages = (state: AppState) => selectRead(state).keyImages.items

/** What a pane shows in place of slices, and what a slab begins with. */
export const slabOf = ({ view }: AppState, paneId: string) => view.slabs[paneId] ?? null
export const lastSlab = ({ view }: AppState) => view.lastSlab

export const activeTool = ({ view }: AppState) => view.tool

/** What undo and redo would do in the study that is read. */
export const history = (state: AppState) => selectRead(state).history

export const selectedFinding = selectSelectedFindingId
export const selectedUtterance = selectSelectedUtteranceId

export const heatSource = (state: AppState) => selectRead(state).heat

export const heatStyle = ({ view }: AppState) => view.heatStyle

/** The scan is one that the scores do not apply to. */
export const isForeign = (state: AppState): boolean => selectRead(state).findings.outOfDistribution !== null

/** There is a reading to take away: the scan was read, or something was said. */
export const hasReading = selectHasReading

/** What the similar cases were searched by last. */
export const similarQuery = (state: AppState) => selectRead(state).similar.query

/** Cases can be looked for: a scan is open, and a model is there. */
export const canSearch = (state: AppState): boolean => hasStudy(state) && state.model.phase === 'ready'

export const queryParts = selectQueryParts

export const nameQueryPart = (state: AppState, { source, isWithout }: QueryPart): string =>
  `${isWithout ? 'without ' : ''}${selectSourceName(state, source)}`

export const formerQueries = (state: AppState) => selectRead(state).similar.formerQueries

export const hasFilter = selectIsFiltered

export const isPlaceToolOn = ({ view }: AppState): boolean => view.tool === 'place'

export const latestUtterance = selectLatestUtterance

export const similarCases = (state: AppState) => selectRead(state).similar.cases

export const canType = ({ model }: AppState): boolean => model.textPhase === 'ready'

export const canEncode = (state: AppState): boolean =>
  hasStudy(state) &&
  state.model.phase === 'ready' &&
  !['working', 'unscored'].includes(selectRead(state).findings.phase)

/** Series of this visit that open as scans. */
export const seriesOffered = (state: AppState) =>
  selectListedSeries(state).filter(({ chestScore, labels }) => chestScore > 0 && !labels)

/** Series of the scan that is read: other kernels, slices or contrast of one study and frame of reference. */
export function seriesOfScan(state: AppState) {
  const all = selectListedSeries(state)
  const read = all.find(({ id }) => id === selectRead(state).study?.seriesId)
  return read ? listSameScan(read, all) : []
}

/** Volumes of labels among the files of this visit. */
export const labelMaps = ({ desk }: AppState) => desk.drops.flat().filter(({ labels }) => labels !== undefined)

/** The entry of the work list that lies next, or the next one of a state. */
export const findWorkFromHere = (state: AppState, step: 1 | -1, wanted?: Wanted) =>
  findWork(selectWorkList(state), selectReadEntryId(state), step, wanted)

/** Studies that open without their files. */
export const knownStudies = ({ desk }: AppState) => desk.known.filter(({ opensBy }) => opensBy !== 'files')

export const packs = ({ model }: AppState) => model.packs

export const isModelIdle = ({ model }: AppState): boolean => model.phase !== 'working'

export const isAddingPack = ({ brought }: AppState): boolean => brought.adding !== null

export const voiceMode = ({ voice }: AppState) => voice.mode

/** Hands-free listening sleeps. */
export const isVoiceAsleep = ({ voice }: AppState): boolean => voice.isAsleep

export const isListening = ({ microphone }: AppState): boolean => !['off', 'failed'].includes(microphone.status)

/** A command by voice waits for yes or no. */
export const isVoiceAsking = ({ voice }: AppState): boolean => voice.told?.kind === 'asked'

export const areSinglesOn = ({ keys }: AppState): boolean => keys.singleCharacters

export const hasChangedKeys = ({ keys }: AppState): boolean => Object.keys(keys.changed).length > 0

export const microphones = ({ microphone }: AppState) => microphone.devices

/** It is tested where it does not listen: there it shows by itself whether it hears. */
export const canTestMicrophone = ({ microphone }: AppState): boolean => ['off', 'failed'].includes(microphone.status)
