import type { ViewPlanes } from '../domain/geometry/viewPlane.ts'
import type { Slab } from '../domain/slab/slab.ts'
import type { Vec3, Volume } from '../domain/volume/volume.ts'
import { initCornerstone } from './cornerstone.ts'
import { HeatOver } from './heatOver.ts'
import { KeptPlace } from './keptPlace.ts'
import { OverlaysOver } from './overlaysOver.ts'
import { PaneSlabs } from './paneSlabs.ts'
import { createPaneView, type PaneHost } from './paneView.ts'
import { PaneWindows } from './paneWindows.ts'
import type { PlanarView } from './planarView.ts'
import { RenderSurface } from './renderSurface.ts'
import { RestingPointer } from './restingPointer.ts'
import { isInside, type ShownVolume, toProbe } from './shownVolume.ts'
import { Standpoint } from './standpoint.ts'
import { MeasureBench } from './tools/measureBench.ts'
import type { Tool } from './tools/tool.ts'
import type { DisplayWindow } from './tools/windowDrag.ts'
import type { CrosshairMove, HeatOverlay, HeatStyle, ToolId, Viewer, ViewerEvents, ViewerPane } from './viewer.ts'
import { createViewerTools, type ToolsHost } from './viewerTools.ts'
import { VolumeStage } from './volumeStage.ts'

/** The views of one volume, their layers and tools; where they stand is one state for all (`Standpoint`). */
export class MprViewer implements Viewer {
  readonly #events: ViewerEvents
  readonly #stage: VolumeStage<PlanarView>
  readonly #bench = new MeasureBench()
  readonly #host: ToolsHost & PaneHost
  readonly #tools: Readonly<Record<ToolId, Tool>>
  #tool: Tool
  #places: readonly Vec3[] = []
  readonly #overlays = new OverlaysOver(() => this.#draw('segments'))
  readonly #slabs = new PaneSlabs()
  #views: ReadonlyMap<string, PlanarView> = new Map()
  readonly #windows: PaneWindows
  readonly #standpoint = new Standpoint()
  readonly #heat = new HeatOver()
  readonly #pointer = this.#createPointer()

  constructor(events: ViewerEvents, window: DisplayWindow) {
    this.#events = events
    this.#windows = new PaneWindows(window)
    this.#stage = new VolumeStage<PlanarView>(new RenderSurface((message) => events.onTrouble(message)))
    this.#host = this.#createHost()
    this.#tools = createViewerTools(this.#host)
    this.#tool = this.#tools.navigate
  }

  setPanes(panes: readonly ViewerPane[]): void {
    const before = this.#views
    const toView = (pane: ViewerPane): PlanarView => {
      const known = before.get(pane.id)
      return known?.pane.plane === pane.plane ? known : createPaneView(pane, this.#host)
    }
    this.#views = new Map(panes.map((pane) => [pane.id, toView(pane)]))
    this.#stage.setViews([...this.#views.values()], {
      onMounted: (shown, views) => this.#bring(shown, views),
      onReveal: (shown, views) => {
        for (const view of views) view.draw()
        for (const view of views) this.#tellSlice(shown, view.pane)
      },
    })
  }

  attach(paneId: string, element: HTMLDivElement): void {
    this.#views.get(paneId)?.attach(element)
    // Fetched while the user looks for a scan; a failure is told by `show`, which tries again.
    void initCornerstone().catch(() => undefined)
  }

  readonly detach = (paneId: string): void => this.#views.get(paneId)?.detach()

  show(volume: Volume, onReveal?: () => void, isPlaceKept = false): Promise<void> {
    this.#tool.abandon()
    const kept =
      isPlaceKept && this.#stage.shown ? new KeptPlace(this.#views.values(), this.#standpoint.crosshair) : null
    return this.#stage.show(volume, {
      onMounted: (shown, views) => {
        this.#heat.clear()
        this.#standpoint.begin(shown, kept?.crosshairLpsMm ?? null)
        this.#bring(shown, views)
        kept?.bring(views)
      },
      onReveal: (_, views) => {
        for (const view of views) view.draw()
        onReveal?.()
        this.#events.onVolume(volume)
        this.#tellAll(views)
      },
    })
  }

  clear(): void {
    this.#tool.abandon()
    this.#stage.clear()
    this.#events.onVolume(null)
  }

  setWindow(widthHu: number, centerHu: number): void {
    this.#windows.share({ widthHu, centerHu })
    this.#drawWindows()
  }

  setOwnWindows(windows: Readonly<Record<string, DisplayWindow>>): void {
    this.#windows.setOwn(windows)
    this.#drawWindows()
  }

  readonly #drawWindows = (): void => this.#views.forEach((view) => void view.setWindow(this.#windows.of(view.pane.id)))

  readonly setCrosshair = (pointLpsMm: Vec3): void => this.#moveTo(pointLpsMm, 'set')

  followPoint(pointLpsMm: Vec3): boolean {
    this.#moveTo(pointLpsMm, 'followed')
    return this.#stage.shown !== null && isInside(this.#stage.shown, pointLpsMm)
  }

  #moveTo(pointLpsMm: Vec3, by: CrosshairMove): void {
    const { shown } = this.#stage
    if (!shown) return
    const isMoved = this.#standpoint.moveTo(shown, pointLpsMm)
    if (isMoved) this.#followAll(shown)
    if (isMoved || by !== 'followed') this.#events.onCrosshair(this.#standpoint.crosshair!, by)
    if (isMoved) this.#pointer.tellAgain()
  }

  /** Another slice is drawn with its layers; on the same one only the lines move. */
  #followAll(shown: ShownVolume): void {
    for (const view of this.#views.values()) {
      if (this.#standpoint.follow(shown, view)) this.#tellSlice(shown, view.pane)
      else view.draw('crosshair')
    }
  }

  setPlanes(planes: ViewPlanes): void {
    this.#standpoint.planes = planes
    const { shown } = this.#stage
    if (!shown) return
    // A view that lies along the voxels again stands on its slices again.
    const isMoved = this.#standpoint.crosshair && this.#standpoint.moveTo(shown, this.#standpoint.crosshair)
    this.#followAll(shown)
    this.#draw('crosshair')
    if (isMoved) this.#events.onCrosshair(this.#standpoint.crosshair!, 'followed')
    this.#pointer.tellAgain()
  }

  setTool(tool: ToolId): void {
    this.#tool.abandon()
    this.#tool = this.#tools[tool]
    for (const view of this.#views.values()) view.setCursor(this.#tool.cursor)
    this.#draw('crosshair')
  }

  setPlaces(pointsLpsMm: readonly Vec3[]): void {
    this.#places = pointsLpsMm
    this.#draw('places')
  }

  setMeasures(...[items, selectedId, reported]: Parameters<Viewer['setMeasures']>): void {
    Object.assign(this.#bench, { items, selectedId, reported })
    this.#draw('measures')
  }

  readonly setOverlays: Viewer['setOverlays'] = (overlays) => this.#overlays.set(overlays)

  setSlabs(slabs: Readonly<Record<string, Slab>>): void {
    const isOther = this.#slabs.set(slabs)
    const { shown } = this.#stage
    if (!shown) return
    for (const view of [...this.#views.values()].filter(({ pane }) => isOther(pane.id))) {
      view.draw()
      this.#tellSlice(shown, view.pane)
    }
    this.#pointer.tellAgain()
  }

  readonly #draw = (layerId: string): void => this.#views.forEach((view) => void view.draw(layerId))

  scroll(paneId: string, slices: number): void {
    const [view, { shown }] = [this.#views.get(paneId), this.#stage]
    const point = view && shown && this.#standpoint.toScrolled(shown, view.pane, slices)
    if (point) this.#moveTo(point, 'scrolled')
  }

  reset(): void {
    if (this.#stage.shown) for (const view of this.#views.values()) view.fit()
  }

  setHeat(heat: HeatOverlay | null, opacity: number): void {
    if (!this.#stage.shown) return
    this.#heat.set(heat, opacity)
    this.#draw('heat')
  }

  setHeatStyle(style: HeatStyle): void {
    this.#heat.style = style
    if (this.#stage.shown) this.#draw('heat')
  }

  readonly toPicture: Viewer['toPicture'] = async (paneId, colors) =>
    (await this.#views.get(paneId)?.toPicture(colors)) ?? null

  readonly framing: Viewer['framing'] = (paneId) => this.#views.get(paneId)?.framing ?? null
  readonly frame: Viewer['frame'] = (paneId, framing) => this.#views.get(paneId)?.frame(framing)
  readonly resize = (): void => this.#views.forEach((view) => void view.resize())

  readonly dispose = (): void => this.#stage.dispose()
  /** Read at the moment when it is asked. */
  #createHost(): ToolsHost & PaneHost {
    const viewer = this
    return {
      get shown() {
        return viewer.#stage.shown
      },
      windows: this.#windows,
      get crosshair() {
        return viewer.#standpoint.crosshair
      },
      get planes() {
        return viewer.#standpoint.planes
      },
      get isNavigating() {
        return viewer.#tool === viewer.#tools.navigate
      },
      get places() {
        return viewer.#places
      },
      get cursor() {
        return viewer.#tool.cursor
      },
      slabs: this.#slabs,
      heat: this.#heat,
      overlays: this.#overlays,
      bench: this.#bench,
      events: this.#events,
      viewOf: (paneId) => this.#views.get(paneId),
      scroll: (paneId, slices) => this.scroll(paneId, slices),
      dragWindow: (dx, dy) => {
        this.#events.onWindow(...this.#windows.drag(this.#pointer.paneId, dx, dy))
        this.#drawWindows()
      },
      pointTo: (pointLpsMm) => this.#pointTo(pointLpsMm),
      draw: (layerId) => this.#draw(layerId),
      toListener: (pane) => this.#pointer.toListener(pane),
      createToolLayers: () => Object.values(this.#tools).flatMap((tool) => tool.createLayers()),
      // Layers belong to the visible picture: below a still, the next volume is drawn without them.
      onRendered: (view) => {
        if (!this.#stage.shown) return
        view.draw()
        this.#pointer.tellAgain(view.pane.id)
      },
    }
  }

  /** Brings views to where the crosshair is, in the window that was chosen, and tells nobody. */
  #bring(shown: ShownVolume, views: readonly PlanarView[]): void {
    for (const view of views) {
      this.#standpoint.forget(view.pane.id)
      view.setWindow(this.#windows.of(view.pane.id))
      this.#standpoint.follow(shown, view)
    }
  }

  /** The whole state of the volume that has just become visible. */
  #tellAll(views: readonly PlanarView[]): void {
    const { shown } = this.#stage
    const { crosshair } = this.#standpoint
    if (!shown || !crosshair) return
    for (const view of views) this.#tellSlice(shown, view.pane)
    this.#events.onCrosshair(crosshair, 'shown')
    this.#pointer.tellAgain()
  }

  #tellSlice(shown: ShownVolume, pane: ViewerPane): void {
    this.#events.onSlice(pane.id, this.#standpoint.toPosition(shown, pane, this.#slabs.of(pane.id)))
  }

  #createPointer(): RestingPointer {
    const viewer = this
    return new RestingPointer({
      get tool() {
        return viewer.#tool
      },
      toPatient: (paneId, at) => (this.#stage.shown && this.#views.get(paneId)?.toPatient(at)) ?? null,
      onActive: (paneId) => this.#events.onActive(paneId),
      onRest: (paneId, point) => {
        const { shown } = this.#stage
        const pane = paneId === null ? undefined : this.#views.get(paneId)?.pane
        const look = pane && { normal: this.#standpoint.planes[pane.plane].normal, slab: this.#slabs.of(pane.id) }
        if (shown) this.#events.onProbe(look && point ? toProbe(shown, pane.id, point, look) : null)
      },
    })
  }

  #pointTo(pointLpsMm: Vec3): boolean {
    const isPoint = this.#stage.shown !== null && isInside(this.#stage.shown, pointLpsMm)
    if (isPoint) this.#moveTo(pointLpsMm, 'pointed')
    return isPoint
  }
}
