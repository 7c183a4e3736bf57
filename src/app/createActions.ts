import type { Problem } from '../base/result.ts'
import type { Actions } from '../commands/actions.ts'
import type { Commander } from '../commands/commander.ts'
import type { MicrophoneActions } from '../commands/microphoneActions.ts'
import type { ReportActions, UnsignedActions } from '../commands/reportActions.ts'
import type { StudyActions } from '../commands/studyActions.ts'
import type { TemplateActions } from '../commands/templateActions.ts'
import type { VoiceActions } from '../commands/voiceActions.ts'
import { findWindowPreset, WINDOW_PRESETS } from '../domain/volume/windowPresets.ts'
import type { BroughtPacks } from '../flows/broughtPacks.ts'
import { toExportName } from '../flows/exportReading.ts'
import type { Reading } from '../flows/reading.ts'
import type { Microphone } from '../microphone/microphone.ts'
import type { ViewState } from '../state/appState.ts'
import { selectActivePane } from '../state/layoutSelectors.ts'
import type { AppStore } from '../state/store.ts'
import type { ProofShelf } from '../storage/proofShelf.ts'
import type { Viewers } from '../ui/appContext.ts'
import { hasStudy } from './hasStudy.ts'
import { createKeyActions, type KeyActions } from './keyActions.ts'
import { createKeyImageActions, type KeyImageActions } from './keyImageActions.ts'
import { createLayoutActions, type LayoutActions } from './layoutActions.ts'
import { createMeasureActions, type MeasureActions } from './measureActions.ts'
import { createMicrophoneActions, type MicrophoneActionDeps } from './microphoneActions.ts'
import { createObliqueActions, type ObliqueActions } from './obliqueActions.ts'
import { createOverlayActions, type OverlayActions } from './overlayActions.ts'
import { createOwnActions, type OwnActions } from './ownActions.ts'
import { createPackActions, type PackActions } from './packActions.ts'
import { createPaneActions, type PaneActions } from './paneActions.ts'
import { createPictureActions, type PictureActions } from './pictureActions.ts'
import { createPriorActions, type PriorActions } from './priorActions.ts'
import { createReportActions } from './reportActions.ts'
import { createReportOutActions } from './reportOutActions.ts'
import { createSlabActions, type SlabActions } from './slabActions.ts'
import { createStudyActions } from './studyActions.ts'
import { createTemplateActions } from './templateActions.ts'
import { createUnsignedActions } from './unsignedActions.ts'
import { createVoiceActions } from './voiceActions.ts'

export interface ActionDeps {
  readonly store: AppStore
  readonly reading: Reading
  readonly broughtPacks: BroughtPacks
  readonly viewers: Viewers
  readonly microphone: Microphone
  readonly testHearing: MicrophoneActionDeps['testHearing']
  readonly commander: Commander
  /** Self-tests that were passed. */
  readonly proofs: ProofShelf
  readonly demoSeed: number
  /** Of the app, for what it writes. */
  readonly version: string
  play(utteranceId: string): void
  download(fileName: string, content: object | Blob): void
}

type DictationActions = Pick<
  Actions,
  | 'hearFile'
  | 'playUtterance'
  | 'removeUtterance'
  | 'setStatus'
  | 'settleFinding'
  | 'setText'
  | 'undoChange'
  | 'redoChange'
  | 'adoptOffer'
  | 'declineOffer'
  | 'selectUtterance'
  | 'lightUtterance'
  | 'selectStatement'
>

const NOTHING_TO_ASK_ABOUT: Problem = {
  code: 'no-study-to-ask-about',
  message: 'There is no study to ask about.',
  nextStep: 'Open a scan or the demo case, then type.',
}

const createDictationActions = ({ reading, play }: ActionDeps): DictationActions => ({
  hearFile: (file) => void reading.dictation.hearFile(file),
  playUtterance: play,
  removeUtterance: (utteranceId) => reading.corrections.remove(utteranceId),
  setStatus: (utteranceId, edit) => reading.corrections.setStatus(utteranceId, edit),
  settleFinding: (findingId, status) => reading.corrections.settle(findingId, status),
  setText: (utteranceId, text) => reading.corrections.setText(utteranceId, text),
  undoChange: () => reading.history.undo(),
  redoChange: () => reading.history.redo(),
  adoptOffer: (storedUnder) => void reading.adopt(storedUnder),
  declineOffer: (storedUnder) => reading.dictation.decline(storedUnder),
  selectUtterance: (utteranceId) => void reading.questions.select({ kind: 'utterance', utteranceId }),
  lightUtterance: (utteranceId) => void reading.questions.light({ kind: 'utterance', utteranceId }),
  selectStatement: (id, findingId) => void reading.questions.select({ kind: 'statement', utteranceId: id, findingId }),
})

type EvidenceActions = Pick<
  Actions,
  | 'selectFinding'
  | 'setSimilarQuery'
  | 'addToQuery'
  | 'changeQueryPart'
  | 'removeQueryPart'
  | 'undoQuery'
  | 'searchPlace'
  | 'filterCases'
  | 'clearCaseFilter'
  | 'listDespite'
  | 'ask'
  | 'tellNoTyping'
  | 'clearTyped'
  | 'openSimilarCase'
  | 'closeComparison'
  | 'showMatch'
  | 'clearHeat'
  | 'showHeat'
  | 'toggleEvidence'
  | 'setHeatStyle'
  | 'setHeatOpacity'
  | 'setProviderChoice'
  | 'setVariantChoice'
  | 'choosePack'
  | 'retryModels'
  | 'testModelsAgain'
  | 'dismissNotice'
  | 'exportReading'
>

const createEvidenceActions = ({ store, reading, proofs, download }: ActionDeps): EvidenceActions => ({
  selectFinding: (findingId) => void reading.questions.select({ kind: 'finding', findingId }),
  setSimilarQuery: (query) => reading.questions.setSimilarQuery(query),
  addToQuery: (source, isWithout) => void reading.questions.cases.add(source, isWithout),
  changeQueryPart: (at, change) => void reading.questions.cases.change(at, change),
  removeQueryPart: (at) => void reading.questions.cases.remove(at),
  undoQuery: () => void reading.questions.cases.undo(),
  searchPlace(pointLpsMm, isBesides = false) {
    const point = pointLpsMm ?? store.readout.getState().viewers.current.crosshairLpsMm
    if (!point || !hasStudy(store, NOTHING_TO_ASK_ABOUT)) return
    const source = { kind: 'place', pointLpsMm: point } as const
    void (isBesides ? reading.questions.cases.add(source) : reading.questions.select(source))
  },
  filterCases: (change) => void reading.questions.cases.filterBy(change),
  clearCaseFilter: () => void reading.questions.cases.clearFilter(),
  listDespite: () => void reading.questions.cases.listDespite(),
  ask(text) {
    if (hasStudy(store, NOTHING_TO_ASK_ABOUT)) void reading.questions.ask(text)
  },
  tellNoTyping: () => reading.questions.tellNoTyping(),
  clearTyped: () => reading.questions.clearTyped(),
  openSimilarCase: (caseId) => void reading.questions.openSimilarCase(caseId),
  closeComparison: () => (store.get().desk.prior ? reading.priors.close() : reading.questions.closeComparison()),
  showMatch: () => void reading.questions.showMatch(),
  clearHeat: () => reading.questions.clearEvidence(),
  showHeat: () => void reading.questions.lightAsked(),
  toggleEvidence: () => reading.questions.toggleEvidence(),
  setHeatStyle: (style) => reading.questions.setHeatStyle(style),
  setHeatOpacity: (opacity) => reading.questions.setHeatOpacity(opacity),
  setProviderChoice(providerChoice) {
    store.patch('model', { providerChoice })
    void reading.loadModels()
  },
  setVariantChoice(variantChoice) {
    store.patch('model', { variantChoice })
    void reading.loadModels()
  },
  choosePack: (packId) => void reading.choosePack(packId),
  retryModels: () => void reading.loadModels(),
  testModelsAgain: () => void proofs.clear().then(() => reading.loadModels()),
  dismissNotice: (noticeId) => store.dismissNotice(noticeId),
  exportReading(isIdentified = false) {
    const exported = reading.toExport(isIdentified)
    if (exported) download(toExportName(exported.study.id, new Date()), exported)
  },
})

type ViewActions = Omit<
  Actions,
  | keyof StudyActions
  | keyof TemplateActions
  | keyof DictationActions
  | keyof EvidenceActions
  | keyof PackActions
  | keyof KeyActions
  | keyof OwnActions
  | keyof MeasureActions
  | keyof ObliqueActions
  | keyof KeyImageActions
  | keyof MicrophoneActions
  | keyof ReportActions
  | keyof UnsignedActions
  | keyof OverlayActions
  | keyof PriorActions
  | keyof LayoutActions
  | keyof PictureActions
  | keyof SlabActions
  | keyof PaneActions
  | keyof VoiceActions
>

const toOpeningNotice = ({ widthHu, centerHu }: ViewState['openingWindow']): Problem => ({
  code: 'opening-window',
  message: `Studies open with width ${Math.round(widthHu)}, centre ${Math.round(centerHu)} HU from the next visit on.`,
  nextStep: '"Studies open in the lung window again" in the palette takes it back.',
})

/** In the active pane alone where that has a window of its own. */
function showWindow(
  { store, viewers }: Pick<ActionDeps, 'store' | 'viewers'>,
  { widthHu, centerHu }: ViewState['openingWindow'],
): void {
  const { id } = selectActivePane(store.get())
  if (id in store.get().view.ownWindows) {
    store.view.setOwnWindow(id, { widthHu, centerHu })
    return
  }
  store.view.setWindow(findWindowPreset(widthHu, centerHu)?.id ?? null, widthHu, centerHu)
  for (const viewer of [viewers.current, viewers.comparison]) viewer.setWindow(widthHu, centerHu)
}

const createViewActions = ({ store, viewers, reading }: ActionDeps): ViewActions => ({
  applyWindowPreset(presetId) {
    const preset = WINDOW_PRESETS.find((one) => one.id === presetId)
    if (preset) showWindow({ store, viewers }, preset)
  },
  setWindow: (window) => showWindow({ store, viewers }, window),
  toggleCrosshair: () => store.view.toggleCrosshair(),
  toggleScrollLink() {
    const isLocked = (store.get().desk.prior?.lock ?? 'none') !== 'none'
    if (isLocked) reading.priors.unlock()
    store.patch('view', { isScrollLinked: isLocked || !store.get().view.isScrollLinked })
  },
  toggleFullScreen() {
    // A browser may refuse; its own key does the same.
    if (document.fullscreenElement) void document.exitFullscreen()
    else void document.documentElement.requestFullscreen().catch(() => undefined)
  },
  toggleBare: () => store.patch('view', { isBare: !store.get().view.isBare }),
  setOpeningWindow(openingWindow) {
    const { windowWidthHu, windowCenterHu } = store.get().view
    const next = openingWindow ?? { widthHu: windowWidthHu, centerHu: windowCenterHu }
    store.patch('view', { openingWindow: next })
    store.notify(toOpeningNotice(next), 'info')
  },
  chooseTool: (tool) => store.patch('view', { tool }),
  toggleIdentity: () => store.view.toggleIdentity(),
  toggleOthers: () => store.view.toggleOthers(),
  togglePanel: (panel) => store.view.togglePanel(panel),
})

/** Everything a person can do, tied to the flows. */
export const createActions = (deps: ActionDeps): Actions => ({
  ...createStudyActions(deps),
  ...createTemplateActions(deps),
  ...createDictationActions(deps),
  ...createEvidenceActions(deps),
  ...createPackActions(deps),
  ...createKeyActions(deps),
  ...createMeasureActions(deps),
  ...createObliqueActions(deps),
  ...createKeyImageActions(deps),
  ...createMicrophoneActions(deps),
  ...createReportActions(deps),
  ...createReportOutActions(deps),
  ...createUnsignedActions(deps),
  ...createOverlayActions(deps),
  ...createLayoutActions(deps),
  ...createPictureActions(deps),
  ...createOwnActions(deps),
  ...createSlabActions(deps),
  ...createPriorActions(deps),
  ...createPaneActions(deps),
  ...createVoiceActions(deps),
  ...createViewActions(deps),
})
