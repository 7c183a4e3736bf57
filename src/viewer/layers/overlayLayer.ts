import { isAlong, type OutlineSlice, type PixelChain, sliceOutline } from '../../domain/overlay/outlineSlice.ts'
import { paintSegments, sliceSegments } from '../../domain/overlay/overlaySlice.ts'
import { type Rgb, type Segmentation, type SegmentVoxels, toFramesByLayer } from '../../domain/overlay/segmentation.ts'
import { type Layer, type PaneGeometry, type PlaneRaster, toLayerElement } from './layer.ts'

/** Arm of the cross at a point, pixels. */
const CROSS_PX = 5

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

/**
 * Segmentations where a plane cuts their voxels, each pixel that of the voxel it lies in; contours themselves in the planes that they were
 * drawn in; on a slab those of its middle.
 */
export class OverlayLayer implements Layer {
  readonly id = 'segments'
  readonly element = toLayerElement(document.createElement('canvas'), this.id)
  readonly #context = this.element.getContext('2d')
  readonly #layers = new WeakMap<SegmentVoxels, readonly (readonly number[])[]>()
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
    for (const shown of overlays) this.#paintVoxels(shown, raster, image)
    this.#context?.putImageData(image, 0, 0)
    for (const shown of overlays) this.#paintOutlines(shown, raster)
  }

  #paintVoxels({ segmentation, colors, opacity }: ShownOverlay, raster: PlaneRaster, image: ImageData): void {
    const outlines = segmentation.outlines.filter((outline) => isAlong(outline, raster))
    const asLines = new Set(outlines.map(({ segment }) => segment))
    const isPainted = (segment: number) => colors.has(segment) && !asLines.has(segment)
    for (const voxels of segmentation.parts) {
      if (!voxels.frames.some(({ segment }) => segment === 0 || isPainted(segment))) continue
      const layers = this.#layers.get(voxels) ?? toFramesByLayer(voxels)
      this.#layers.set(voxels, layers)
      const labels = sliceSegments(voxels, layers, isPainted, raster)
      paintSegments(labels, raster.width, (segment) => colors.get(segment) ?? [0, 0, 0], opacity, image.data)
    }
  }

  #paintOutlines({ segmentation, colors, opacity }: ShownOverlay, raster: PlaneRaster): void {
    for (const outline of segmentation.outlines) {
      const color = colors.get(outline.segment)
      if (color) this.#paintOutline(sliceOutline(outline, raster), `rgb(${color.join(' ')})`, opacity)
    }
  }

  #paintOutline({ chains, points }: OutlineSlice, color: string, opacity: number): void {
    const context = this.#context
    if (!context || chains.length + points.length === 0) return
    const path = new Path2D(chains.map(toClosedPath).join(''))
    context.fillStyle = color
    context.strokeStyle = color
    context.globalAlpha = opacity
    context.fill(path, 'evenodd')
    context.globalAlpha = 1
    context.lineWidth = 1.25
    context.stroke(path)
    context.stroke(new Path2D(points.map(toCross).join('')))
  }
}

/** A whole number is the middle of a pixel, which a canvas counts from its corner. */
const toClosedPath = (chain: PixelChain): string =>
  `${chain.map(([x, y], n) => `${n === 0 ? 'M' : 'L'}${(x + 0.5).toFixed(2)} ${(y + 0.5).toFixed(2)}`).join('')}Z`

const toCross = ([x, y]: readonly [number, number]): string =>
  `M${x + 0.5 - CROSS_PX} ${y + 0.5}h${2 * CROSS_PX}M${x + 0.5} ${y + 0.5 - CROSS_PX}v${2 * CROSS_PX}`
