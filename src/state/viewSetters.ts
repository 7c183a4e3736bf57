import { type ArrangedLayout, toLayout } from '../domain/layout/arrangedLayout.ts'
import type { Slab } from '../domain/slab/slab.ts'
import type { AppState, ViewState } from './appState.ts'
import { selectSituation } from './layoutSelectors.ts'
import type { SliceAccess } from './sliceAccess.ts'

/** The lines of the crosshair are drawn. */
export const isCrosshairShown = ({ view: { crosshair, isCrosshairPointed } }: AppState): boolean =>
  crosshair === 'on' || (crosshair === 'auto' && isCrosshairPointed)

/** A panel is on screen: beside the views, or as a drawer over them. */
export const isPanelShown = ({ view }: AppState, panel: keyof ViewState['panels']): boolean =>
  view.isNarrow && panel !== 'dictation' ? view.drawer === panel : view.panels[panel]

export interface ViewSetters {
  /** The window on screen; the preset is null once a person has dragged it elsewhere. */
  setWindow(preset: string | null, widthHu: number, centerHu: number): void
  /** A window for one pane alone; null: it shares the others' again. */
  setOwnWindow(paneId: string, window: ViewState['openingWindow'] | null): void
  activate(paneId: string): void
  maximise(paneId: string | null): void
  /** Another arrangement of what lies on screen now, which is kept for the like of it. */
  arrange(change: (now: ArrangedLayout) => ArrangedLayout): void
  /** The layout that belongs to what lies on screen now. */
  hang(): void
  /** A slab in a pane; null: slices. */
  setSlab(paneId: string, slab: Slab | null): void
  toggleCrosshair(): void
  /** Whether the crosshair was pointed anywhere since the study came on screen. */
  setCrosshairPointed(isPointed: boolean): void
  toggleIdentity(): void
  toggleOthers(): void
  togglePanel(panel: keyof ViewState['panels']): void
  /** Puts the report or the findings into the right column, and the column on screen. */
  showRight(rightPanel: ViewState['rightPanel']): void
  /** Why a key did nothing; null: it did something. */
  hint(text: string | null): void
  /** Whether the window has room for the panels beside the views. */
  setNarrow(isNarrow: boolean): void
}

export function createViewSetters({ get, patch }: SliceAccess): ViewSetters {
  return {
    setWindow(windowPreset, windowWidthHu, windowCenterHu) {
      patch('view', { windowPreset, windowWidthHu, windowCenterHu })
    },
    setOwnWindow(paneId, window) {
      const { [paneId]: _, ...others } = get().view.ownWindows
      patch('view', { ownWindows: window ? { ...others, [paneId]: window } : others })
    },
    activate(activePaneId) {
      if (get().view.activePaneId !== activePaneId) patch('view', { activePaneId })
    },
    maximise(maximisedPaneId) {
      patch('view', maximisedPaneId ? { maximisedPaneId, activePaneId: maximisedPaneId } : { maximisedPaneId })
    },
    arrange(change) {
      const situation = selectSituation(get())
      const { hanging, maximisedPaneId } = get().view
      const next = change(hanging[situation])
      const isOther = next.id !== hanging[situation].id
      patch('view', {
        hanging: { ...hanging, [situation]: next },
        layout: toLayout(next),
        maximisedPaneId: isOther ? null : maximisedPaneId,
      })
    },
    hang() {
      patch('view', { layout: toLayout(get().view.hanging[selectSituation(get())]) })
    },
    setSlab(paneId, slab) {
      const { [paneId]: before, ...others } = get().view.slabs
      if (slab) patch('view', { slabs: { ...others, [paneId]: slab }, lastSlab: slab })
      else if (before) patch('view', { slabs: others })
    },
    toggleCrosshair() {
      patch('view', { crosshair: isCrosshairShown(get()) ? 'off' : 'on' })
    },
    setCrosshairPointed(isCrosshairPointed) {
      if (get().view.isCrosshairPointed !== isCrosshairPointed) patch('view', { isCrosshairPointed })
    },
    toggleIdentity() {
      patch('view', { isIdentityShown: !get().view.isIdentityShown })
    },
    toggleOthers() {
      patch('view', { areOthersShown: !get().view.areOthersShown })
    },
    togglePanel(panel) {
      const { panels, isNarrow, drawer } = get().view
      if (isNarrow && panel !== 'dictation') patch('view', { drawer: drawer === panel ? null : panel })
      else patch('view', { panels: { ...panels, [panel]: !panels[panel] } })
    },
    showRight(rightPanel) {
      const { panels, isNarrow } = get().view
      patch('view', { rightPanel, ...(isNarrow ? { drawer: 'findings' } : { panels: { ...panels, findings: true } }) })
    },
    hint(hint) {
      if (get().view.hint !== hint) patch('view', { hint })
    },
    setNarrow(isNarrow) {
      patch('view', { isNarrow, drawer: null })
    },
  }
}
