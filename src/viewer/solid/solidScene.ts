import type { RenderingEngine, Types } from '@cornerstonejs/core'
import vtkPlane from '@kitware/vtk.js/Common/DataModel/Plane.js'
import { assert } from '../../base/assert.ts'
import { toCentreLpsMm, toVolumeGrid } from '../../domain/geometry/grid.ts'
import { addScaled } from '../../domain/geometry/vector.ts'
import { toCropPlanes, toExtentMm } from '../../domain/solid/cropPlanes.ts'
import { type SolidLook, toEye } from '../../domain/solid/solidLook.ts'
import { findSolidPreset, UNIT_MM } from '../../domain/solid/solidPresets.ts'
import type { Volume } from '../../domain/volume/volume.ts'
import type { Cornerstone } from '../cornerstone.ts'
import { type CornerstoneVolume, cacheVolume } from '../volumeImages.ts'

const VIEWPORT_ID = 'solid'
type VolumeActor = Types.VolumeActor
type Viewport3D = {
  readonly element: HTMLDivElement
  getRenderer(): { getActiveCamera(): Camera; resetCameraClippingRange(): void }
  getDefaultActor(): { readonly actor: VolumeActor } | undefined
  setDisplaySets(entry: { readonly displaySetId: string; readonly options: object }): Promise<void>
  getCanvas(): HTMLCanvasElement
}
interface Camera {
  setFocalPoint(x: number, y: number, z: number): void
  setPosition(x: number, y: number, z: number): void
  setViewUp(x: number, y: number, z: number): void
  setParallelScale(mm: number): void
}

/** A volume in an engine of its own: the planes have theirs, so that neither waits for the other nor loses its context with it. */
export class SolidScene {
  readonly #engine: RenderingEngine
  readonly #viewport: Viewport3D
  readonly #cached: CornerstoneVolume
  readonly #volume: Volume
  readonly #fineMm: number
  #presetId: string | null = null

  private constructor(engine: RenderingEngine, viewport: Viewport3D, cached: CornerstoneVolume, volume: Volume) {
    this.#engine = engine
    this.#viewport = viewport
    this.#cached = cached
    this.#volume = volume
    this.#fineMm = Math.min(...volume.spacingMm)
  }

  /** Null when aborted. Throws where Cornerstone cannot draw it. */
  static async open(
    cornerstone: Cornerstone,
    host: HTMLDivElement,
    volume: Volume,
    engineId: string,
    signal: AbortSignal,
  ): Promise<SolidScene | null> {
    const cached = await cacheVolume(cornerstone, volume, signal)
    if (!cached) return null
    const engine = new cornerstone.RenderingEngine(engineId)
    engine.enableElement({
      viewportId: VIEWPORT_ID,
      element: host,
      type: cornerstone.Enums.ViewportType.VOLUME_3D_NEXT,
      defaultOptions: { background: [0, 0, 0], parallelProjection: true },
    })
    const viewport = engine.getViewport(VIEWPORT_ID) as unknown as Viewport3D
    const scene = new SolidScene(engine, viewport, cached, volume)
    await viewport.setDisplaySets({ displaySetId: cached.displaySetId, options: { role: 'source' } })
    if (!signal.aborted) return scene
    scene.dispose()
    return null
  }

  get engineId(): string {
    return this.#engine.id
  }

  /** Draws it as it is to be looked at, with samples so many voxels apart. */
  draw(look: SolidLook, step: number): void {
    const actor = this.#viewport.getDefaultActor()?.actor
    assert(actor, 'a volume that was added has an actor')
    if (look.presetId !== this.#presetId) applyPreset(actor, look.presetId)
    this.#presetId = look.presetId
    const mapper = actor.getMapper()
    assert(mapper, 'a volume has a mapper')
    mapper.setSampleDistance(this.#fineMm * step)
    mapper.removeAllClippingPlanes()
    for (const { originLpsMm, normal } of toCropPlanes(this.#volume, look.crop))
      mapper.addClippingPlane(vtkPlane.newInstance({ origin: [...originLpsMm], normal: [...normal] }))
    this.#placeEye(look)
    this.#engine.renderViewport(VIEWPORT_ID)
  }

  resize(): void {
    this.#engine.resize(true, true)
  }

  dispose(): void {
    const window = this.#engine.getOffscreenMultiRenderWindow(VIEWPORT_ID)?.getOpenGLRenderWindow() ?? null
    this.#engine.disableElement(VIEWPORT_ID)
    this.#cached.release(window)
    this.#engine.destroy()
  }

  #placeEye(look: SolidLook): void {
    const { normal, up } = toEye(look)
    const renderer = this.#viewport.getRenderer()
    const camera = renderer.getActiveCamera()
    const centre = toCentreLpsMm(toVolumeGrid(this.#volume))
    const [x, y, z] = toExtentMm(this.#volume)
    const canvas = this.#viewport.getCanvas()
    const aspect = canvas.width / Math.max(1, canvas.height)
    camera.setFocalPoint(...centre)
    camera.setPosition(...addScaled(centre, normal, 2 * Math.hypot(x, y, z)))
    camera.setViewUp(...up)
    camera.setParallelScale(Math.max(z, Math.max(x, y) / aspect) / 2 / look.zoom)
    renderer.resetCameraClippingRange()
  }
}

function applyPreset(actor: VolumeActor, presetId: string): void {
  const { colors, opacities } = findSolidPreset(presetId)
  const property = actor.getProperty()
  const color = property.getRGBTransferFunction(0)
  color.removeAllPoints()
  for (const [hu, red, green, blue] of colors) color.addRGBPoint(hu, red, green, blue)
  const opacity = property.getScalarOpacity(0)
  opacity.removeAllPoints()
  for (const [hu, share] of opacities) opacity.addPoint(hu, share)
  property.setScalarOpacityUnitDistance(0, UNIT_MM)
  property.setInterpolationTypeToLinear()
  property.setShade(true)
  property.setAmbient(0.2)
  property.setDiffuse(0.8)
  property.setSpecular(0.2)
  property.setSpecularPower(12)
}
