import { clampToGrid, toCentreLpsMm } from '../domain/geometry/grid.ts'
import { toPointOnSlice, toScrolledIndex, toSliceIndex } from '../domain/geometry/sliceStack.ts'
import { lengthOf, subtract } from '../domain/geometry/vector.ts'
import {
  ORIENTATIONS,
  type Orientation,
  SLICES_A_STEP_DOWN,
  toOrientationLetters,
  VIEW_PLANES,
} from '../domain/geometry/viewPlane.ts'
import type { Vec3, Volume } from '../domain/volume/volume.ts'
import { initCornerstone } from './cornerstone.ts'
import { type HeatField, toHeatField } from './heatPlane.ts'
import type { CanvasPoint, ViewInput } from './interaction.ts'
import { PlanarView } from './planarView.ts'
import { RenderSurface } from './renderSurface.ts'
import { type ShownVolume, toProbe } from './shownVolume.ts'
import type { HeatOverlay, Viewer, ViewerEvents } from './viewer.ts'
import { VolumeStage } from './volumeStage.ts'
import { type DisplayWindow, toDraggedWindow } from './windowDrag.ts'

type Views = Readonly<Record<Orientation, PlanarView>>

const ZOOM_PER_PX = 1.006
const SAME_POINT_MM = 1e-6

/** The crosshair is the one state of navigation: every view shows its slice nearest to it. */
export class MprViewer implements Viewer {
  readonly #events: ViewerEvents
  readonly #views: Views
  readonly #stage: VolumeStage
  #window: DisplayWindow
  #crosshair: Vec3 | null = null
  #sliceIndices: Partial<Record<Orientation, number>> = {}
  #heat: { readonly field: HeatField; readonly serial: number } | null = null
  #heatSerial = 0
  #heatOpacity = 0
  /** Where the pointer rests. */
  #pointer: { readonly orientation: Orientation; readonly at: CanvasPoint } | null = null

  constructor(events: ViewerEvents, window: DisplayWindow) {
    this.#events = events
    this.#window = window
    const toView = (orientation: Orientation) =>
      new PlanarView(orientation, this.#toInput(orientation), () => this.#drawOverlays(this.#views[orientation]))
    this.#views = { axial: toView('axial'), sagittal: toView('sagittal'), coronal: toView('coronal') }
    const surface = new RenderSurface((message) => events.onTrouble(message))
    this.#stage = new VolumeStage(Object.values(this.#views), surface)
  }

  attach(orientation: Orientation, element: HTMLDivElement): void {
    this.#views[orientation].attach(element)
    // Fetched while the user looks for a scan; a failure is told by `show`, which tries again.
    void initCornerstone().catch(() => undefined)
  }

  detach(orientation: Orientation): void {
    this.#views[orientation].detach()
  }

  show(volume: Volume, onReveal?: () => void): Promise<void> {
    return this.#stage.show(volume, {
      onMounted: (shown) => this.#start(shown),
      onReveal: () => {
        this.#eachView((view) => this.#drawOverlays(view))
        onReveal?.()
        this.#tellAll()
      },
    })
  }

  clear(): void {
    this.#stage.clear()
  }

  setWindow(widthHu: number, centerHu: number): void {
    this.#window = { widthHu, centerHu }
    this.#eachView((view) => view.setWindow(widthHu, centerHu))
  }

  setCrosshair(pointLpsMm: Vec3): void {
    const { shown } = this.#stage
    if (!shown) return
    const point = clampToGrid(shown.grid, pointLpsMm)
    const previous = this.#crosshair
    if (previous && lengthOf(subtract(point, previous)) < SAME_POINT_MM) return
    this.#crosshair = point
    this.#eachView((view) => {
      if (this.#follow(shown, view, point)) this.#tellSlice(shown, view.orientation)
      else view.drawCrosshair(point)
    })
    this.#events.onCrosshair(point)
  }

  scroll(orientation: Orientation, slices: number): void {
    const stack = this.#stage.shown?.stacks[orientation]
    if (!stack || !this.#crosshair) return
    this.setCrosshair(toPointOnSlice(stack, toScrolledIndex(stack, this.#crosshair, slices), this.#crosshair))
  }

  reset(): void {
    if (this.#stage.shown) this.#eachView((view) => view.fit())
  }

  setHeat(heat: HeatOverlay | null, opacity: number): void {
    if (!this.#stage.shown) return
    const field = heat && toHeatField(heat)
    this.#heat = field && { field, serial: ++this.#heatSerial }
    this.#heatOpacity = opacity
    this.#eachView((view) => this.#drawHeat(view))
  }

  resize(): void {
    this.#eachView((view) => view.resize())
  }

  orientationLetters(orientation: Orientation) {
    return toOrientationLetters(VIEW_PLANES[orientation])
  }

  dispose(): void {
    this.#stage.dispose()
  }

  #eachView(act: (view: PlanarView) => void): void {
    for (const orientation of ORIENTATIONS) act(this.#views[orientation])
  }

  /** A volume starts at its centre, without heat, in the window of the last one. */
  #start(shown: ShownVolume): void {
    const point = toCentreLpsMm(shown.grid)
    this.#heat = null
    this.#sliceIndices = {}
    this.#crosshair = point
    this.#eachView((view) => {
      view.setWindow(this.#window.widthHu, this.#window.centerHu)
      this.#follow(shown, view, point)
    })
  }

  /** The whole state of the volume that has just become visible. */
  #tellAll(): void {
    const { shown } = this.#stage
    if (!shown || !this.#crosshair) return
    this.#eachView((view) => this.#tellSlice(shown, view.orientation))
    this.#events.onCrosshair(this.#crosshair)
    this.#events.onProbe(this.#pointer && this.#probeAt(this.#pointer.orientation, this.#pointer.at))
  }

  #tellSlice(shown: ShownVolume, orientation: Orientation): void {
    this.#events.onSlice(orientation, this.#sliceIndices[orientation]! + 1, shown.stacks[orientation].count)
  }

  /** True where the view needs another slice for the point. */
  #follow(shown: ShownVolume, view: PlanarView, point: Vec3): boolean {
    const stack = shown.stacks[view.orientation]
    const index = toSliceIndex(stack, point)
    if (index === this.#sliceIndices[view.orientation]) return false
    this.#sliceIndices[view.orientation] = index
    view.showSliceAt(toPointOnSlice(stack, index, point))
    return true
  }

  /** Overlays belong to the visible picture: below a still, the next volume is drawn without them. */
  #drawOverlays(view: PlanarView): void {
    if (!this.#stage.shown) return
    view.drawCrosshair(this.#crosshair)
    this.#drawHeat(view)
  }

  #drawHeat(view: PlanarView): void {
    const { shown } = this.#stage
    const raster = this.#heat && shown ? view.toRaster() : null
    if (!raster) view.heat.hide()
    else view.heat.draw(this.#heat!.field, this.#heat!.serial, this.#heatOpacity, shown!.grid, raster)
  }

  #dragWindow(dx: number, dy: number): void {
    const { widthHu, centerHu } = toDraggedWindow(this.#window, dx, dy)
    this.setWindow(widthHu, centerHu)
    this.#events.onWindow(widthHu, centerHu)
  }

  #probeAt(orientation: Orientation, at: CanvasPoint) {
    const { shown } = this.#stage
    const point = this.#views[orientation].toPatient(at)
    return shown && point ? toProbe(shown, orientation, point) : null
  }

  #pointAt(orientation: Orientation, at: CanvasPoint): void {
    const probe = this.#probeAt(orientation, at)
    if (probe && probe.hu !== null) this.setCrosshair(probe.pointLpsMm)
  }

  #hoverAt(orientation: Orientation, at: CanvasPoint | null): void {
    this.#pointer = at && { orientation, at }
    if (this.#stage.shown) this.#events.onProbe(at && this.#probeAt(orientation, at))
  }

  /** A still answers to nothing. */
  #toInput(orientation: Orientation): ViewInput {
    const whenShown = (act: () => void) => {
      if (this.#stage.shown) act()
    }
    return {
      onActivate: () => whenShown(() => this.#events.onActive(orientation)),
      onWheel: (slices) => this.scroll(orientation, slices * SLICES_A_STEP_DOWN[orientation]),
      onWindowDrag: (dx, dy) => whenShown(() => this.#dragWindow(dx, dy)),
      onPan: (dx, dy) => whenShown(() => this.#views[orientation].pan(dx, dy)),
      onZoom: (dy, anchor) => whenShown(() => this.#views[orientation].zoom(ZOOM_PER_PX ** dy, anchor)),
      onScale: (factor, anchor) => whenShown(() => this.#views[orientation].zoom(factor, anchor)),
      onPoint: (at) => this.#pointAt(orientation, at),
      onHover: (at) => this.#hoverAt(orientation, at),
    }
  }
}
