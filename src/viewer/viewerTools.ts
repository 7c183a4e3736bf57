import type { ViewPlanes } from '../domain/geometry/viewPlane.ts'
import { readMeasure } from '../domain/measure/readMeasure.ts'
import type { Vec3 } from '../domain/volume/volume.ts'
import type { PaneSlabs } from './paneSlabs.ts'
import type { PlanarView } from './planarView.ts'
import { type ShownVolume, toHalfStepMm } from './shownVolume.ts'
import { createTools } from './tools/createTools.ts'
import type { MeasureBench } from './tools/measureBench.ts'
import type { Tool } from './tools/tool.ts'
import type { ToolId, ViewerEvents } from './viewer.ts'

/** What the tools of a viewer work on, as it is at the moment. */
export interface ToolsHost {
  readonly shown: ShownVolume | null
  readonly crosshair: Vec3 | null
  readonly planes: ViewPlanes
  readonly isNavigating: boolean
  readonly places: readonly Vec3[]
  readonly slabs: PaneSlabs
  readonly bench: MeasureBench
  readonly events: ViewerEvents
  viewOf(paneId: string): PlanarView | undefined
  scroll(paneId: string, slices: number): void
  dragWindow(dx: number, dy: number): void
  /** False for a point outside the volume. */
  pointTo(pointLpsMm: Vec3): boolean
  draw(layerId: string): void
}

export const createViewerTools = (host: ToolsHost): Readonly<Record<ToolId, Tool>> =>
  createTools({
    get mouse() {
      return host.events.mouse
    },
    scroll: (paneId, slices) => host.scroll(paneId, slices),
    thicken: (paneId, steps) => host.events.onSlabSteps(paneId, steps),
    toSlab: (paneId) => host.slabs.of(paneId),
    pan: (paneId, dx, dy) => host.viewOf(paneId)?.pan(dx, dy),
    zoom: (paneId, factor, anchor) => host.viewOf(paneId)?.zoom(factor, anchor),
    dragWindow: (dx, dy) => host.dragWindow(dx, dy),
    pointTo: (pointLpsMm) => void host.pointTo(pointLpsMm),
    get crosshairLpsMm() {
      return host.crosshair
    },
    get planes() {
      return host.planes
    },
    get isNavigating() {
      return host.isNavigating
    },
    turn: (planes) => host.events.onTurn(planes),
    choose: (pointLpsMm) => host.pointTo(pointLpsMm) && host.events.onPlace(pointLpsMm),
    bench: host.bench,
    toPxMm: (paneId) => host.viewOf(paneId)?.pxMm ?? 1,
    toHalfStepMm: (normal) => toHalfStepMm(host.shown, normal),
    readValues: (shape) => (host.shown ? readMeasure(host.shown.volume, shape) : []),
    redrawMeasures: () => host.draw('measures'),
    redrawCrosshair: () => host.draw('crosshair'),
    act: (act) => host.events.onMeasure(act),
    get placesLpsMm() {
      return host.places
    },
  })
