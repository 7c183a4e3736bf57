import type { FindingId } from '../domain/findings/finding.ts'
import type { Orientation } from '../domain/geometry/viewPlane.ts'
import type { PaneChange } from '../domain/layout/arrangedLayout.ts'
import type { Ground } from '../domain/layout/ground.ts'
import type { MouseBindings } from '../domain/layout/mouse.ts'
import type { MeasureAct, MeasureTie } from '../domain/measure/measure.ts'
import type { PackFolder } from '../domain/model/packFolder.ts'
import type { Slab } from '../domain/slab/slab.ts'
import type { SolidLook } from '../domain/solid/solidLook.ts'
import type { StatusEdit } from '../domain/statements/edits.ts'
import type { Status } from '../domain/statements/statement.ts'
import type { ColorMapId } from '../domain/volume/colorMaps.ts'
import type { Vec3 } from '../domain/volume/volume.ts'
import type {
  KeysState,
  ModelState,
  QueryPart,
  QuerySource,
  SimilarFilter,
  SimilarQuery,
  ViewState,
} from '../state/appState.ts'
import type { MicrophoneActions } from './microphoneActions.ts'
import type { ReportActions, UnsignedActions } from './reportActions.ts'
import type { StudyActions } from './studyActions.ts'
import type { TemplateActions } from './templateActions.ts'
import type { VoiceActions } from './voiceActions.ts'

/** A finding of the reader's own: one that is there, or a name. */
export type OwnTarget = { readonly id: FindingId } | { readonly label: string; readonly synonyms?: readonly string[] }

/** Everything a person can do; commands, buttons and drops call these and nothing else. `main.tsx` provides them. */
export interface Actions
  extends MicrophoneActions,
    ReportActions,
    StudyActions,
    TemplateActions,
    UnsignedActions,
    VoiceActions {
  /** Adds an audio file to the dictation as if it had been spoken. */
  hearFile(file: File): void
  playUtterance(utteranceId: string): void
  removeUtterance(utteranceId: string): void
  /** How an utterance states a finding, as a person says. */
  setStatus(utteranceId: string, edit: StatusEdit): void
  /** Answers what was said of a finding uncertainly or both ways. */
  settleFinding(findingId: FindingId, status: Status): void
  /** The text of an utterance as a person corrects it; null: as it was heard. */
  setText(utteranceId: string, text: string | null): void
  /** Takes the last change of the study that is read back, whatever it was. */
  undoChange(): void
  /** Does again what was taken back last. */
  redoChange(): void
  /** Utterances that lie under another id are this study's. */
  adoptOffer(storedUnder: string): void
  /** They are not, or not now: they stay where they are. */
  declineOffer(storedUnder: string): void
  selectFinding(findingId: FindingId): void
  /** Back to where it was spoken; chosen again, where the model sees it. */
  selectUtterance(utteranceId: string): void
  /** Where the model sees what the utterance states. */
  lightUtterance(utteranceId: string): void
  /** One finding that an utterance states: where the model sees it, and who else has it in these words. */
  selectStatement(utteranceId: string, findingId: FindingId): void
  setSimilarQuery(query: SimilarQuery): void
  /** One more thing that cases should resemble, or should be without. */
  addToQuery(source: QuerySource, isWithout?: boolean): void
  changeQueryPart(at: number, change: Partial<Omit<QueryPart, 'source'>>): void
  removeQueryPart(at: number): void
  /** Brings the former query back. */
  undoQuery(): void
  /** Cases with the like of a place, LPS mm; null: of the crosshair. `isBesides`: beside what is searched by now. */
  searchPlace(pointLpsMm: Vec3 | null, isBesides?: boolean): void
  filterCases(change: Partial<SimilarFilter>): void
  clearCaseFilter(): void
  /** Lists the nearest cases though nothing is alike. */
  listDespite(): void
  /** What the pointer does over the views. */
  chooseTool(tool: ViewState['tool']): void
  /** A typed sentence becomes the query: similar cases and heat, as of an utterance. */
  ask(text: string): void
  /** Says why no sentence can be typed now. */
  tellNoTyping(): void
  /** Takes the typed sentence back. */
  clearTyped(): void
  openSimilarCase(caseId: string): void
  closeComparison(): void
  /** The last earlier study of the patient beside the one being read. */
  openPrior(): void
  /** A series of another study beside it (`Comparable`). */
  compareWith(seriesId: string): void
  closePrior(): void
  /** Both scroll together, as far apart as they are now. */
  lockPrior(): void
  /** Each scrolls by itself. */
  unlockPrior(): void
  /** Lays the study beside on the one being read by the lungs of both, and locks them by it. */
  registerPrior(): void
  cancelRegistering(): void
  /** Brings the other study to where the crosshair of the active pane's study is. */
  samePlaceInPrior(): void
  /** Brings both scans to the slices on which they are most alike. */
  showMatch(): void
  clearHeat(): void
  /** Heat of what is searched by, also where the model does not see it. */
  showHeat(): void
  /** Shows or hides what the model makes of a scan that its scores do not apply to. */
  toggleEvidence(): void
  setHeatStyle(style: ViewState['heatStyle']): void
  setHeatOpacity(opacity: number): void
  applyWindowPreset(presetId: string): void
  /** Any window, HU; in the active pane alone where that has one of its own. */
  setWindow(window: ViewState['openingWindow']): void
  resetView(): void
  /** Makes a pane the one that keys scroll. */
  activatePane(paneId: string): void
  /** Positive towards higher slice numbers; stops at the ends. */
  scrollPane(paneId: string, slices: number): void
  /** To a slice as a person counts them, from 1; to the last one where there are fewer. */
  goToSlice(paneId: string, number: number): void
  /** One pane large, or all panes again. */
  maximisePane(paneId: string | null): void
  /** A layout of the table, as it stands there. */
  chooseLayout(layoutId: string): void
  /** Another plane or study in a pane. */
  changePane(paneId: string, change: Pick<PaneChange, 'plane' | 'study'>): void
  /** A window for a pane alone, beginning with the one it has; or it shares the others' again. */
  toggleOwnWindow(paneId: string): void
  /** Two panes in each other's place. */
  swapPanes(paneId: string, otherId: string): void
  /** A slab in a pane in place of slices; null: slices again. */
  setSlab(paneId: string, slab: Slab | null): void
  /** Thicker by so many steps, or thinner; from slices on the thinnest slab, and back. */
  thickenSlab(paneId: string, steps: number): void
  /** The slab of a pane, or its slices, in all panes. */
  spreadSlab(paneId: string): void
  /** The lines of the crosshair turned clockwise as a view shows them: the planes of the other views turn. */
  turnLines(view: Orientation, degrees: number): void
  /** The plane of a view turned about its horizontal direction (top nearer) or its vertical one (right side nearer). */
  tiltPlane(view: Orientation, about: 'horizontal' | 'vertical', degrees: number): void
  /** All planes along the patient again. */
  resetPlanes(): void
  /** Plays or stops the active pane, or changes how quickly it goes. */
  setCine(change: Partial<ViewState['cine']>): void
  /** What buttons and wheel do over the views. */
  setMouse(change: Partial<MouseBindings>): void
  /** The active pane as a PNG, to the clipboard. */
  copyPicture(): void
  /** The same as a file; with the name of the patient only where that is asked for. */
  savePicture(isIdentified: boolean): void
  /** The active pane, scrolled once through its slices, as a video. */
  saveVideo(isIdentified: boolean): void
  /** Ends a recording; nothing is saved. */
  stopVideo(): void
  /** Dark or light bars and panels. */
  setGround(ground: Ground): void
  /** A lens under the pointer, and none again. */
  toggleMagnifier(): void
  /** Black for white, and back. */
  toggleInvert(): void
  /** Colours in place of greys, in all panes of slices. */
  setColorMap(id: ColorMapId): void
  /** Brings the views of the study that is read to a place, LPS mm. */
  showPoint(pointLpsMm: Vec3): void
  changeSolid(change: Partial<Omit<SolidLook, 'crop'>>): void
  /** Moves the eye about the patient. */
  turnSolid(azimuthDeg: number, elevationDeg: number): void
  /** What of the volume is drawn along an axis of the patient, 0…1; null: along all of them. */
  cropSolid(axis: number | null, range: readonly [number, number]): void
  resetSolid(): void
  /** Draws or hides the lines; the position stays. */
  toggleCrosshair(): void
  /** Scrolls the case beside with the study, or each by itself. */
  toggleScrollLink(): void
  /** The whole screen for the app, or its window again. */
  toggleFullScreen(): void
  /** Hides all that lies over the pictures, or shows it again. */
  toggleBare(): void
  /** Studies open in this window after a reload; null: in the one on screen. */
  setOpeningWindow(window: ViewState['openingWindow'] | null): void
  /** Shows or hides who the patient is. */
  toggleIdentity(): void
  /** Folds the findings that nothing was said of, or lists them. */
  toggleOthers(): void
  togglePanel(panel: keyof ViewState['panels']): void
  setProviderChoice(choice: ModelState['providerChoice']): void
  setVariantChoice(choice: ModelState['variantChoice']): void
  /** Changes to another model; the scan is read and what was said is scored again. */
  choosePack(packId: string): void
  /** Keeps a pack of this computer in the browser's storage and chooses it. */
  addPackFolder(folder: PackFolder): void
  /** The same with a pack of this site; also goes on with one that did not arrive whole. */
  addPackAddress(address: string): void
  cancelAddPack(): void
  /** Removes a pack that was brought. */
  removePack(packId: string): void
  /** Drops what has arrived of a pack that did not arrive whole. */
  discardPack(packId: string): void
  /** Looks again at what is kept: another tab may have changed it. */
  refreshPacks(): void
  retryModels(): void
  /** Loads the models again and runs their self-tests, also those that were passed on an earlier visit. */
  testModelsAgain(): void
  /** Keys that replace the default ones, by entry of the command table. */
  setChangedKeys(changed: KeysState['changed']): void
  /** Letters, digits and signs work without Ctrl, Alt or Cmd. */
  setSingleCharacters(areOn: boolean): void
  /** Saves the keys as a file on this computer. */
  exportKeys(): void
  /** Takes the keys of such a file. */
  importKeys(file: File): void
  /**
   * The scan that is read shows a finding of the reader's own, or does not, or is no example of it (null). By a name that is new
   * the finding is made.
   */
  markScan(target: OwnTarget, isPresent: boolean | null): void
  /** The scan shows it at the crosshair. */
  markPlaceOfScan(target: OwnTarget): void
  addOwnFinding(label: string, synonyms: readonly string[]): void
  /** A row that is scored by words alone. */
  askForFinding(text: string): void
  renameOwnFinding(findingId: FindingId, label: string, synonyms: readonly string[]): void
  removeOwnFinding(findingId: FindingId): void
  /** Takes the last change of the reader's own findings back. */
  undoOwn(): void
  /** Saves one of them, or all of this model (null), as a file with the embeddings of their examples. */
  exportOwnFindings(findingId: FindingId | null): void
  importOwnFindings(file: File): void
  /** Puts the scan that is read into a library of the reader's own; an empty title becomes one that names nobody. */
  addToLibrary(added: { readonly library: string; readonly title: string; readonly where: string }): void
  removeOwnCase(caseId: string): void
  /** Deletes a library of the reader's own with all its cases. */
  removeOwnLibrary(library: string): void
  /** A library on this site's server may be asked, or may not any more. */
  agreeToLibrary(path: string, isAgreed: boolean): void
  /** Takes the last change of the reader's own libraries back. */
  undoOwnLibraries(): void
  exportOwnLibrary(library: string): void
  importOwnLibrary(file: File): void
  /** What the pointer did to the measures. */
  takeMeasure(act: MeasureAct): void
  /** Chooses a measure and brings the views to it. */
  showMeasure(id: string): void
  renameMeasure(id: string, label: string): void
  recolorMeasure(id: string): void
  removeMeasure(id: string): void
  /** Ties it to a finding or an utterance; null: to nothing. */
  tieMeasure(id: string, tie: MeasureTie | null): void
  nextMeasureHandle(): void
  /** Moves the chosen handle, or the whole, along its plane, mm. */
  nudgeMeasure(rightMm: number, upMm: number): void
  /** All measures and key images of the study as text, to the clipboard. */
  copyMeasures(): void
  /** Marks what the active pane shows as a key image, as it is seen now. */
  markKeyImage(): void
  /** Brings a pane to a key image as it was seen. */
  showKeyImage(id: string): void
  /** Says why it is one. */
  describeKeyImage(id: string, note: string): void
  removeKeyImage(id: string): void
  /** The key images of the study as PNGs in a zip; with the name of the patient only where that is asked for. */
  saveKeyPictures(isIdentified: boolean): void
  /** Saves the key images as a DICOM key object selection; says why where that cannot be. */
  saveKeyObject(): void
  /** Saves the measures as a DICOM structured report; says why where that cannot be. */
  saveReport(): void
  /** Brings the views to a measurement of a structured report. */
  showReported(groupId: string): void
  /** Brings the views to an image that a key object selection names. */
  showReportedImage(imageId: string): void
  /** A measurement of a report, or all of a report, become the reader's own measures. */
  takeReported(id: string): void
  closeReport(reportId: string): void
  /** Hides all segments over the study, or shows them. */
  toggleOverlays(): void
  toggleSegment(segmentId: string): void
  showSegment(segmentId: string): void
  /** How strongly segments are filled, 0…1. */
  setOverlayOpacity(opacity: number): void
  closeOverlay(overlayId: string): void
  /** Lays a listed volume of labels over the study that is read. */
  layLabelsOver(seriesId: string): void
  dismissNotice(noticeId: string): void
  /** Saves what was seen, said and where as a file on this computer; what names the patient only where it is asked for. */
  exportReading(isIdentified?: boolean): void
}
