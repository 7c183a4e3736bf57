import { DEFAULT_WINDOW_PRESET } from '../domain/volume/windowPresets.ts'
import { MprViewer } from './mprViewer.ts'
import { SolidRenderer } from './solid/solidRenderer.ts'
import type { SolidEvents, SolidViewer } from './solid/solidViewer.ts'
import type { Viewer, ViewerEvents } from './viewer.ts'

export interface ViewerOptions {
  /** Window of the first volume, until `setWindow`; else the lung window. */
  readonly windowWidthHu: number
  readonly windowCenterHu: number
}

/** Linked views on the patient's axes, none until `setPanes`. Cheap: Cornerstone and a WebGL context come with the first volume. */
export function createViewer(events: ViewerEvents, options: Partial<ViewerOptions> = {}): Viewer {
  return new MprViewer(events, {
    widthHu: options.windowWidthHu ?? DEFAULT_WINDOW_PRESET.widthHu,
    centerHu: options.windowCenterHu ?? DEFAULT_WINDOW_PRESET.centerHu,
  })
}

/** The drawing in space; one a page. */
export const createSolidViewer = (events: SolidEvents): SolidViewer => new SolidRenderer(events)
