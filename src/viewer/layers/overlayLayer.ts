import { paintSegments, sliceSegments } from '../../domain/overlay/overlaySlice.ts'
import { type Rgb, type Segmentation, toFramesByLayer } from '../../domain/overlay/segmentation.ts'
import { type Layer, type PaneGeometry, type PlaneRaster, toLayerElement } from './layer.ts'

/** A segmentation over the volume it belongs to. */
export interface ShownOverlay {
  /** It is drawn over no other. */
  readonly volumeId: string
  readonly segmentation: Segmentation
  /** Of the segments that are visible. */
  readonly colors: ReadonlyMap<number, Rgb>
  /** Of the fill, 0…1; borders are whole. */
  readonly opacity: number
}

/** Segmentations where a plane cuts their voxels, each pixel that of the voxel it lies in; on a slab those of its middle. */
export class OverlayLayer implements Layer {
  readonly id = 'segments'
  readonly element = toLayerElement(document.createElement('canvas'), this.id)
  readonly #context = this.element.getContext('2d')
  readonly #layers = new WeakMap<Segmentation, readonly (readonly number[])[]>()
  #overlays: readonly ShownOverlay[] = []
  #drawn = ''

  constructor(private readonly toShown: () => readonly ShownOverlay[]) {}

  /** Costs nothing where there is none; else it is drawn again where plane or overlays have changed. */
  draw({ toRaster }: PaneGeometry): void {
    const overlays = this.toShown()
    this.element.style.display = overlays.length > 0 ? '' : 'none'
    const raster = overlays.length > 0 ? toRaster(1) : null
    const wanted = JSON.stringify(raster)
    if (raster && (wanted !== this.#drawn || overlays !== this.#overlays)) this.#paint(overlays, raster)
    this.#drawn = wanted
    this.#overlays = overlays
  }

  #paint(overlays: readonly ShownOverlay[], raster: PlaneRaster): void {
    const { width, height } = raster
    if (this.element.width !== width) this.element.width = width
    if (this.element.height !== height) this.element.height = height
    const image = new ImageData(width, height)
    for (const { segmentation, colors, opacity } of overlays) {
      const layers = this.#layers.get(segmentation) ?? toFramesByLayer(segmentation)
      this.#layers.set(segmentation, layers)
      const labels = sliceSegments(segmentation, layers, (segment) => colors.has(segment), raster)
      paintSegments(labels, width, (segment) => colors.get(segment) ?? [0, 0, 0], opacity, image.data)
    }
    this.#context?.putImageData(image, 0, 0)
  }
}
