import type { Problem } from '../base/result.ts'
import type { StudyPlace } from '../domain/study/openStudy.ts'
import { findWindowPreset } from '../domain/volume/windowPresets.ts'
import type { ViewerName } from '../state/appState.ts'
import type { AppStore } from '../state/store.ts'
import type { Viewers } from '../ui/appContext.ts'
import { createViewer } from '../viewer/createViewer.ts'
import type { ViewerEvents } from '../viewer/viewer.ts'

const toTrouble = (message: string): Problem => ({
  code: 'rendering',
  message,
  nextStep: 'If the views stay empty, reload the page: the dictation is kept.',
})

/** Events of one viewer as numbers in the read-outs; a window set in one viewer is set in both. */
function toEvents(store: AppStore, name: ViewerName, other: () => Viewers[ViewerName]): ViewerEvents {
  return {
    onCrosshair: (pointLpsMm) => store.readout.setCrosshair(name, pointLpsMm),
    onProbe: (probe) => store.readout.setProbe(name, probe),
    onWindow(widthHu, centerHu) {
      const { windowWidthHu, windowCenterHu } = store.get().view
      if (widthHu === windowWidthHu && centerHu === windowCenterHu) return
      store.view.setWindow(findWindowPreset(widthHu, centerHu)?.id ?? null, widthHu, centerHu)
      other().setWindow(widthHu, centerHu)
    },
    onSlice: (orientation, number, count) => store.readout.setSlice(name, orientation, number, count),
    onActive: (orientation) => store.view.activate(name, orientation),
    onTrouble: (message) => store.notify(toTrouble(message), 'warning'),
  }
}

/** The study being read and the similar case beside it. */
export function createLinkedViewers(store: AppStore): Viewers {
  const { windowWidthHu, windowCenterHu } = store.get().view
  const options = { windowWidthHu, windowCenterHu }
  const viewers: Viewers = {
    current: createViewer(
      toEvents(store, 'current', () => viewers.comparison),
      options,
    ),
    comparison: createViewer(
      toEvents(store, 'comparison', () => viewers.current),
      options,
    ),
  }
  return viewers
}

/** Where a person is looking: the active view, which may be that of the case beside the study being read. */
export function toCurrentPlace(store: AppStore): StudyPlace | null {
  const { view, desk } = store.get()
  const { activeViewer, activeOrientation: orientation } = view
  const { slices, crosshairLpsMm } = store.readout.getState().viewers[activeViewer]
  const slice = slices[orientation]
  if (!slice || !crosshairLpsMm) return null
  const isBeside = activeViewer === 'comparison' && desk.comparisonId !== null
  const place = { orientation, sliceNumber: slice.number, pointLpsMm: crosshairLpsMm }
  return isBeside ? { ...place, studyId: desk.comparisonId } : place
}
