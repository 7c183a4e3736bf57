import type { FindingId } from '../domain/findings/ctRateFindings.ts'
import type { ModelState, Orientation, SimilarQuery, ViewerName, ViewState } from '../state/appState.ts'

/** Everything a person can do; buttons, keys and drops call these and nothing else. `main.tsx` provides them. */
export interface Actions {
  openFiles(files: readonly File[]): void
  chooseSeries(seriesId: string): void
  openDemo(): void
  reopenStudy(studyId: string): void
  cancelWork(): void
  toggleMicrophone(): void
  startTalking(): void
  stopTalking(): void
  /** Adds an audio file to the dictation as if it had been spoken. */
  hearFile(file: File): void
  playUtterance(utteranceId: string): void
  removeUtterance(utteranceId: string): void
  undoRemoveUtterance(): void
  selectFinding(findingId: FindingId): void
  selectUtterance(utteranceId: string): void
  setSimilarQuery(query: SimilarQuery): void
  openSimilarCase(caseId: string): void
  closeComparison(): void
  clearHeat(): void
  setHeatOpacity(opacity: number): void
  applyWindowPreset(presetId: string): void
  resetView(): void
  /** Makes a view the one that keys scroll. */
  activateView(viewer: ViewerName, orientation: Orientation): void
  /** Positive towards higher slice numbers; stops at the ends. */
  scrollView(viewer: ViewerName, orientation: Orientation, slices: number): void
  maximise(orientation: Orientation | null): void
  /** Draws or hides the lines; the position stays. */
  toggleCrosshair(): void
  togglePanel(panel: keyof ViewState['panels']): void
  setProviderChoice(choice: ModelState['providerChoice']): void
  setVariantChoice(choice: ModelState['variantChoice']): void
  /** Changes to another bundled model; the scan is read and what was said is scored again. */
  choosePack(packId: string): void
  retryModels(): void
  dismissNotice(noticeId: string): void
  /** Saves what was seen, said and where as a file on this computer. */
  exportReading(): void
}
