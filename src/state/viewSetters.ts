import type { Orientation } from '../domain/geometry/viewPlane.ts'
import type { ViewerName, ViewState } from './appState.ts'
import type { SliceAccess } from './store.ts'

export interface ViewSetters {
  /** The window on screen; the preset is null once a person has dragged it elsewhere. */
  setWindow(preset: string | null, widthHu: number, centerHu: number): void
  activate(viewer: ViewerName, orientation: Orientation): void
  maximise(orientation: Orientation | null): void
  toggleCrosshair(): void
  toggleIdentity(): void
  togglePanel(panel: keyof ViewState['panels']): void
}

export function createViewSetters({ get, patch }: SliceAccess): ViewSetters {
  return {
    setWindow(windowPreset, windowWidthHu, windowCenterHu) {
      patch('view', { windowPreset, windowWidthHu, windowCenterHu })
    },
    activate(activeViewer, activeOrientation) {
      const { view } = get()
      if (view.activeViewer === activeViewer && view.activeOrientation === activeOrientation) return
      patch('view', { activeViewer, activeOrientation })
    },
    maximise(maximised) {
      patch('view', maximised ? { maximised, activeOrientation: maximised } : { maximised })
    },
    toggleCrosshair() {
      patch('view', { isCrosshairShown: !get().view.isCrosshairShown })
    },
    toggleIdentity() {
      patch('view', { isIdentityShown: !get().view.isIdentityShown })
    },
    togglePanel(panel) {
      const { panels } = get().view
      patch('view', { panels: { ...panels, [panel]: !panels[panel] } })
    },
  }
}
