import type { PlanarViewport, RenderingEngine, Types } from '@cornerstonejs/core'
import { assert } from '../base/assert.ts'
import { isSamePlane } from '../domain/geometry/turnPlanes.ts'
import { addScaled, cross, lengthOf, scale, subtract } from '../domain/geometry/vector.ts'
import { ORIENTATIONS, type ViewPlane, type ViewPlanes } from '../domain/geometry/viewPlane.ts'
import type { Framing } from '../domain/keyImage/keyImage.ts'
import type { ColorTable } from '../domain/volume/colorMaps.ts'
import type { Vec3 } from '../domain/volume/volume.ts'
import type { CanvasPoint, Layer, PaneGeometry, PlaneRaster } from './layers/layer.ts'
import { listenToView, type ViewListener } from './listenToView.ts'
import { PictureLayers } from './pictureLayers.ts'
import type { OpenSurface } from './renderSurface.ts'
import type { DisplayWindow } from './tools/windowDrag.ts'
import { toPicture } from './toPicture.ts'
import type { ViewerPane } from './viewer.ts'
import type { StagedView } from './volumeStage.ts'

const MIN_ZOOM = 0.2
const MAX_ZOOM = 30

const toPoint3 = ([x, y, z]: Vec3): Types.Point3 => [x, y, z]

const toCamera = ({ right, up }: ViewPlane) => ({ viewPlaneNormal: toPoint3(cross(right, up)), viewUp: toPoint3(up) })

/** `cssPxAPixel`: a pixel of the raster for so many CSS pixels of the view. */
function toRaster(viewport: PlanarViewport, cssWidth: number, cssHeight: number, cssPxAPixel: number): PlaneRaster {
  const corner = viewport.canvasToWorld([0, 0])
  const width = Math.ceil(cssWidth / cssPxAPixel)
  const height = Math.ceil(cssHeight / cssPxAPixel)
  const stepXLpsMm = scale(subtract(viewport.canvasToWorld([cssWidth, 0]), corner), 1 / width)
  const stepYLpsMm = scale(subtract(viewport.canvasToWorld([0, cssHeight]), corner), 1 / height)
  const originLpsMm = addScaled(addScaled(corner, stepXLpsMm, 0.5), stepYLpsMm, 0.5)
  return { width, height, originLpsMm, stepXLpsMm, stepYLpsMm }
}

export interface PlanarViewOptions {
  readonly pane: ViewerPane
  /** From back to front. */
  readonly layers: readonly Layer[]
  readonly cursor: string
  /** The planes that the views of each orientation lie in now. */
  toPlanes(): ViewPlanes
  /** Thickness of the slab that is drawn over the picture; 0 for none. */
  toThicknessMm(): number
  readonly listener: ViewListener
  /** The picture was drawn anew. */
  onRendered(): void
}

/**
 * One view. Its picture lives in an own element that is moved into the page on `attach`, so that React may take the
 * place away and bring it back without a new viewport, a new texture or a lost zoom.
 */
export class PlanarView implements StagedView {
  readonly pane: ViewerPane
  readonly #host = document.createElement('div')
  readonly #layers: readonly Layer[]
  readonly #picture: PictureLayers
  readonly #toPlanes: () => ViewPlanes
  readonly #toThicknessMm: () => number
  readonly #onRendered: () => void
  readonly #stopListening: () => void
  readonly #resizing: ResizeObserver
  #engine: RenderingEngine | null = null
  #viewport: PlanarViewport | null = null
  #displaySetId: string | null = null
  #renderedEvent: string | null = null
  /** The plane that the picture lies in; null while nothing is mounted. */
  #plane: ViewPlane | null = null

  constructor({ pane, layers, cursor, toPlanes, toThicknessMm, listener, onRendered }: PlanarViewOptions) {
    this.pane = pane
    this.#layers = layers
    this.#picture = new PictureLayers(layers.map(({ element }) => element))
    this.#toPlanes = toPlanes
    this.#toThicknessMm = toThicknessMm
    this.#onRendered = onRendered
    // Cornerstone makes the element focusable; which view is active is shown around it, by the page.
    const look = { position: 'absolute', inset: '0', visibility: 'hidden', cursor, outline: 'none' }
    // Else the browser takes strokes and pinches for its own scrolling and zoom.
    Object.assign(this.#host.style, look, { touchAction: 'none' })
    this.#host.dataset.view = pane.id
    this.#stopListening = listenToView(this.#host, listener)
    this.#resizing = new ResizeObserver(() => this.resize())
    this.#resizing.observe(this.#host)
  }

  setCursor(cursor: string): void {
    this.#host.style.cursor = cursor
  }

  /** Null until a volume was shown. */
  get viewportId(): string | null {
    return this.#viewport?.id ?? null
  }

  get isMounted(): boolean {
    return this.#displaySetId !== null
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
    const plane = this.#toPlanes()[this.pane.plane]
    viewport.setViewState({ anchorWorld: undefined, anchorCanvas: [0.5, 0.5], scale: [1, 1], scaleMode: 'fit' })
    this.#displaySetId = displaySetId
    this.#plane = plane
    await viewport.setDisplaySets({ displaySetId, options: { orientation: toCamera(plane), role: 'source' } })
  }

  unmount(): void {
    if (this.#displaySetId) this.#viewport?.removeData(this.#displaySetId)
    this.#displaySetId = null
    this.#plane = null
  }

  hold(): void {
    if (this.#picture.isHeld) return
    const isVisible = this.#viewport !== null && this.#host.dataset.volumeId !== undefined
    if (!isVisible || !this.#isOnPage()) this.hide()
    else this.#picture.hold(this.#viewport!.getCanvas(), this.#host.clientWidth, this.#host.clientHeight)
  }

  reveal(volumeId: string): void {
    this.#picture.letGo()
    this.#host.dataset.volumeId = volumeId
    this.#host.style.visibility = ''
  }

  hide(): void {
    this.#picture.letGo()
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

  setWindow({ widthHu, centerHu }: DisplayWindow): void {
    if (!this.#displaySetId) return
    const voiRange = { lower: centerHu - widthHu / 2, upper: centerHu + widthHu / 2 }
    this.#viewport?.setDisplaySetPresentation(this.#displaySetId, { voiRange })
  }

  /** The plane through a point, as it lies now. Turned, it has the point where it was on screen, as large as it was. */
  showSliceAt(pointLpsMm: Vec3): void {
    const plane = this.#toPlanes()[this.pane.plane]
    const viewport = this.#displaySetId ? this.#viewport : null
    if (!viewport || !this.#plane) return
    const slice = { kind: 'volumePoint', sliceWorldPoint: toPoint3(pointLpsMm) } as const
    if (isSamePlane(plane, this.#plane)) {
      viewport.setViewState({ slice })
      return
    }
    const [pxMm, at] = [this.pxMm, viewport.worldToCanvas(toPoint3(pointLpsMm))]
    const { clientWidth: width, clientHeight: height } = this.#host
    const anchorWorld = toPoint3(pointLpsMm)
    const anchorCanvas: [number, number] = [at[0] / Math.max(1, width), at[1] / Math.max(1, height)]
    viewport.setViewState({ orientation: toCamera(plane), slice, anchorWorld, anchorCanvas })
    this.#plane = plane
    // Cornerstone's zoom is that of the whole cut through the volume, which is another at every angle.
    if (pxMm > 0) viewport.setZoom((viewport.getZoom() * this.pxMm) / pxMm, at)
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

  /** Millimetres that a CSS pixel shows; 1 while nothing is shown. */
  get pxMm(): number {
    const [from, to] = [this.toPatient([0, 0]), this.toPatient([100, 0])]
    return from && to ? lengthOf(subtract(to, from)) / 100 : 1
  }

  /** What of the patient it shows; null while nothing is shown. */
  get framing(): Framing | null {
    const { clientWidth, clientHeight } = this.#host
    const middleLpsMm = this.toPatient([clientWidth / 2, clientHeight / 2])
    if (!middleLpsMm || clientWidth * clientHeight === 0) return null
    return { middleLpsMm, widthMm: clientWidth * this.pxMm, heightMm: clientHeight * this.pxMm }
  }

  /** Shows what another view showed, the whole of it where both differ in shape. */
  frame({ middleLpsMm, widthMm, heightMm }: Framing): void {
    const { clientWidth, clientHeight } = this.#host
    if (!this.#viewport || clientWidth * clientHeight === 0) return
    const middle: CanvasPoint = [clientWidth / 2, clientHeight / 2]
    this.zoom(this.pxMm / Math.max(widthMm / clientWidth, heightMm / clientHeight), middle)
    const [x, y] = this.#viewport.worldToCanvas(toPoint3(middleLpsMm))
    this.pan(middle[0] - x, middle[1] - y)
  }

  /** Null while nothing is shown. */
  toPatient(at: CanvasPoint): Vec3 | null {
    return this.#viewport && this.#displaySetId ? this.#viewport.canvasToWorld([at[0], at[1]]) : null
  }

  /** Drawing and layers in one; null while nothing is shown. */
  async toPicture(colors: ColorTable | null): Promise<HTMLCanvasElement | null> {
    const { clientWidth, clientHeight } = this.#host
    if (!this.#viewport || !this.#displaySetId || clientWidth * clientHeight === 0) return null
    const layers = this.#layers.map(({ element }) => element)
    return toPicture(this.#viewport.getCanvas(), layers, [clientWidth, clientHeight], colors)
  }

  /** Draws the layers over the picture as it is now, or the one of an id. */
  draw(layerId?: string): void {
    const geometry = this.#toGeometry()
    if (!geometry) return
    for (const layer of this.#layers) if (layerId === undefined || layer.id === layerId) layer.draw(geometry)
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
    this.#host.remove()
    if (this.#viewport) this.#engine?.disableElement(this.#viewport.id)
  }

  /** Null while nothing is mounted, or the view is not on the page. */
  #toGeometry(): PaneGeometry | null {
    const viewport = this.#displaySetId ? this.#viewport : null
    const { clientWidth: width, clientHeight: height } = this.#host
    if (!viewport || width * height === 0) return null
    const planes = this.#toPlanes()
    const [one, other] = ORIENTATIONS.filter((plane) => plane !== this.pane.plane)
    return {
      pane: this.pane,
      width,
      height,
      normal: planes[this.pane.plane].normal,
      otherNormals: [planes[one].normal, planes[other].normal],
      halfThicknessMm: this.#toThicknessMm() / 2,
      toCanvas: (pointLpsMm) => viewport.worldToCanvas(toPoint3(pointLpsMm)),
      toRaster: (cssPxAPixel) => toRaster(viewport, width, height, cssPxAPixel),
    }
  }

  #isOnPage(): boolean {
    return this.#host.clientWidth * this.#host.clientHeight > 0
  }

  #enable({ cornerstone: { Enums }, engine }: OpenSurface): PlanarViewport {
    const viewportId = `${engine.id}-${this.pane.id}`
    engine.enableElement({
      viewportId,
      element: this.#host,
      type: Enums.ViewportType.PLANAR_NEXT,
      defaultOptions: { background: [0, 0, 0], orientation: toCamera(this.#toPlanes()[this.pane.plane]) },
    })
    const viewport = engine.getViewport(viewportId) as unknown as PlanarViewport
    assert(viewport, 'Cornerstone made no viewport')
    this.#host.append(this.#picture.element)
    this.#renderedEvent = Enums.Events.IMAGE_RENDERED
    this.#host.addEventListener(this.#renderedEvent, this.#onRendered)
    this.#engine = engine
    this.#viewport = viewport
    return viewport
  }
}
