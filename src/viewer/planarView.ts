import type { PlanarViewport, RenderingEngine, Types } from '@cornerstonejs/core'
import { assert } from '../base/assert.ts'
import { addScaled, cross, scale, subtract } from '../domain/geometry/vector.ts'
import { type Orientation, VIEW_PLANES } from '../domain/geometry/viewPlane.ts'
import type { Vec3 } from '../domain/volume/volume.ts'
import { CrosshairOverlay } from './crosshairOverlay.ts'
import { HEAT_PX_A_SAMPLE, HeatOverlay2d } from './heatOverlay.ts'
import type { PlaneRaster } from './heatPlane.ts'
import { type CanvasPoint, listenToView, type ViewInput } from './interaction.ts'
import { PictureLayers } from './pictureLayers.ts'
import type { OpenSurface } from './renderSurface.ts'
import type { StagedView } from './volumeStage.ts'

const MIN_ZOOM = 0.2
const MAX_ZOOM = 30

const toPoint3 = ([x, y, z]: Vec3): Types.Point3 => [x, y, z]

/**
 * One view. Its picture lives in an own element that is moved into the page on `attach`, so that React may take the
 * place away and bring it back without a new viewport, a new texture or a lost zoom.
 */
export class PlanarView implements StagedView {
  readonly orientation: Orientation
  readonly crosshair = new CrosshairOverlay()
  readonly heat = new HeatOverlay2d()
  readonly #host = document.createElement('div')
  readonly #layers = new PictureLayers([this.heat.element, this.crosshair.element])
  readonly #onRendered: () => void
  readonly #stopListening: () => void
  readonly #resizing: ResizeObserver
  #engine: RenderingEngine | null = null
  #viewport: PlanarViewport | null = null
  #displaySetId: string | null = null
  #renderedEvent: string | null = null

  constructor(orientation: Orientation, input: ViewInput, onRendered: () => void) {
    this.orientation = orientation
    this.#onRendered = onRendered
    // Cornerstone makes the element focusable; which view is active is shown around it, by the page.
    const look = { position: 'absolute', inset: '0', visibility: 'hidden', cursor: 'crosshair', outline: 'none' }
    // Else the browser takes strokes and pinches for its own scrolling and zoom.
    Object.assign(this.#host.style, look, { touchAction: 'none' })
    this.#host.dataset.view = orientation
    this.#stopListening = listenToView(this.#host, input)
    this.#resizing = new ResizeObserver(() => this.resize())
    this.#resizing.observe(this.#host)
  }

  /** Null until a volume was shown. */
  get viewportId(): string | null {
    return this.#viewport?.id ?? null
  }

  attach(element: HTMLElement): void {
    if (getComputedStyle(element).position === 'static') element.style.position = 'relative'
    if (this.#host.parentElement !== element) element.append(this.#host)
    this.resize()
  }

  detach(): void {
    this.#host.remove()
  }

  async mount(surface: OpenSurface, displaySetId: string): Promise<void> {
    const viewport = this.#viewport ?? this.#enable(surface)
    const { viewPlaneNormal, viewUp } = this.#toCamera()
    viewport.setViewState({ anchorWorld: undefined, anchorCanvas: [0.5, 0.5], scale: [1, 1], scaleMode: 'fit' })
    this.#displaySetId = displaySetId
    await viewport.setDisplaySets({
      displaySetId,
      options: { orientation: { viewPlaneNormal, viewUp }, role: 'source' },
    })
  }

  unmount(): void {
    if (this.#displaySetId) this.#viewport?.removeData(this.#displaySetId)
    this.#displaySetId = null
  }

  hold(): void {
    if (this.#layers.isHeld) return
    const isVisible = this.#viewport !== null && this.#host.dataset.volumeId !== undefined
    if (!isVisible || !this.#isOnPage()) this.hide()
    else this.#layers.hold(this.#viewport!.getCanvas(), this.#host.clientWidth, this.#host.clientHeight)
  }

  reveal(volumeId: string): void {
    this.#layers.letGo()
    this.#host.dataset.volumeId = volumeId
    this.#host.style.visibility = ''
  }

  hide(): void {
    this.#layers.letGo()
    delete this.#host.dataset.volumeId
    this.#host.style.visibility = 'hidden'
    // A view that is brought to the page after the next volume must not begin with the last one's pixels.
    const drawing = this.#viewport?.getCanvas()
    drawing?.getContext('2d')?.clearRect(0, 0, drawing.width, drawing.height)
  }

  nextDrawing(): Promise<void> {
    const eventName = this.#renderedEvent
    if (!eventName || !this.#isOnPage()) return Promise.resolve()
    return new Promise((resolve) => this.#host.addEventListener(eventName, () => resolve(), { once: true }))
  }

  setWindow(widthHu: number, centerHu: number): void {
    if (!this.#displaySetId) return
    const voiRange = { lower: centerHu - widthHu / 2, upper: centerHu + widthHu / 2 }
    this.#viewport?.setDisplaySetPresentation(this.#displaySetId, { voiRange })
  }

  showSliceAt(pointLpsMm: Vec3): void {
    if (!this.#displaySetId) return
    this.#viewport?.setViewState({ slice: { kind: 'volumePoint', sliceWorldPoint: toPoint3(pointLpsMm) } })
  }

  pan(dx: number, dy: number): void {
    if (!this.#viewport || !this.#displaySetId) return
    const [x, y] = this.#viewport.getPan()
    this.#viewport.setPan([x + dx, y + dy])
  }

  zoom(factor: number, anchor: CanvasPoint): void {
    if (!this.#viewport || !this.#displaySetId) return
    const wanted = this.#viewport.getZoom() * factor
    this.#viewport.setZoom(Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, wanted)), [anchor[0], anchor[1]])
  }

  fit(): void {
    this.#viewport?.resetViewState({ resetOrientation: false })
  }

  /** Null while nothing is shown. */
  toPatient(at: CanvasPoint): Vec3 | null {
    return this.#viewport && this.#displaySetId ? this.#viewport.canvasToWorld([at[0], at[1]]) : null
  }

  drawCrosshair(pointLpsMm: Vec3 | null): void {
    const { clientWidth, clientHeight } = this.#host
    const isShown = pointLpsMm !== null && this.#viewport !== null && this.#displaySetId !== null && clientWidth > 0
    const at = isShown ? this.#viewport!.worldToCanvas(toPoint3(pointLpsMm)) : null
    this.crosshair.draw(at, clientWidth, clientHeight)
  }

  /** Where the samples of an overlay lie; null while the view is not on the page. */
  toRaster(): PlaneRaster | null {
    const { clientWidth, clientHeight } = this.#host
    const corner = this.toPatient([0, 0])
    const right = this.toPatient([clientWidth, 0])
    const below = this.toPatient([0, clientHeight])
    if (!corner || !right || !below || clientWidth * clientHeight === 0) return null
    const width = Math.ceil(clientWidth / HEAT_PX_A_SAMPLE)
    const height = Math.ceil(clientHeight / HEAT_PX_A_SAMPLE)
    const stepX = scale(subtract(right, corner), 1 / width)
    const stepY = scale(subtract(below, corner), 1 / height)
    const origin = addScaled(addScaled(corner, stepX, 0.5), stepY, 0.5)
    return { width, height, originLpsMm: origin, stepXLpsMm: stepX, stepYLpsMm: stepY }
  }

  /** The engine drops a resize that meets a frame under way, hence the viewport's own call behind it. */
  resize(): void {
    if (!this.#viewport || !this.#engine || !this.#isOnPage()) return
    this.#engine.resize(true, true)
    this.#viewport.resize()
    this.#engine.renderViewport(this.#viewport.id)
  }

  dispose(): void {
    this.#stopListening()
    this.#resizing.disconnect()
    this.unmount()
    this.hide()
    this.#host.remove()
  }

  #isOnPage(): boolean {
    return this.#host.clientWidth * this.#host.clientHeight > 0
  }

  #toCamera(): { viewPlaneNormal: Types.Point3; viewUp: Types.Point3 } {
    const { right, up } = VIEW_PLANES[this.orientation]
    return { viewPlaneNormal: toPoint3(cross(right, up)), viewUp: toPoint3(up) }
  }

  #enable({ cornerstone: { Enums }, engine }: OpenSurface): PlanarViewport {
    const viewportId = `${engine.id}-${this.orientation}`
    engine.enableElement({
      viewportId,
      element: this.#host,
      type: Enums.ViewportType.PLANAR_NEXT,
      defaultOptions: { background: [0, 0, 0], orientation: this.#toCamera() },
    })
    const viewport = engine.getViewport(viewportId) as unknown as PlanarViewport
    assert(viewport, 'Cornerstone made no viewport')
    this.#host.append(this.#layers.element)
    this.#renderedEvent = Enums.Events.IMAGE_RENDERED
    this.#host.addEventListener(this.#renderedEvent, this.#onRendered)
    this.#engine = engine
    this.#viewport = viewport
    return viewport
  }
}
