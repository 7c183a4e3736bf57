import type { Grid } from '../../domain/geometry/grid.ts'
import type { SlabSource } from '../../domain/slab/readBetween.ts'
import type { Slab } from '../../domain/slab/slab.ts'
import { type SlabPlane, toPlaneAxes, toRowsOf, toSlabPlane } from '../../domain/slab/slabPlane.ts'
import { SlabReader } from '../../domain/slab/slabReader.ts'
import type { DisplayWindow } from '../tools/windowDrag.ts'
import { type Layer, type PaneGeometry, toLayerElement } from './layer.ts'
import { paintGrey } from './paintGrey.ts'

export interface ShownSlab {
  readonly source: SlabSource
  readonly grid: Grid
  readonly slab: Slab
  readonly window: DisplayWindow
}

/** What a drawing may take while slices are turned; a slab across the voxels that takes longer is drawn coarsely first. */
const BUDGET_MS = 30
/** Rest after which it is sharpened, in pieces between which the page is heard. */
const REST_MS = 120
const PIECE_MS = 12
/** Of a ray through one layer of voxels, until it was measured here. */
const FIRST_MS_A_SAMPLE = 3e-5

interface Picture {
  readonly plane: SlabPlane
  readonly values: Float32Array
}

/**
 * The slab of a pane, opaque over what Cornerstone draws: its own slabs are thinner than asked for at some thicknesses, end
 * beyond the slab at others, and are missing where the processor draws. Nothing measured is black.
 */
export class SlabLayer implements Layer {
  readonly id = 'slab'
  readonly element = toLayerElement(document.createElement('canvas'), this.id)
  readonly #toShown: () => ShownSlab | null
  readonly #context = this.element.getContext('2d', { alpha: false })
  readonly #coarse = document.createElement('canvas')
  readonly #reader = new SlabReader()
  #source: SlabSource | null = null
  #key = ''
  #window: DisplayWindow | null = null
  /** What is drawn sharply; null while it is coarse. */
  #sharp: Picture | null = null
  #msASample = FIRST_MS_A_SAMPLE
  #sharpening = 0

  constructor(toShown: () => ShownSlab | null) {
    this.#toShown = toShown
  }

  /** Reads again only where volume, slab or plane has changed; a change of the window leaves what was read. */
  draw(geometry: PaneGeometry): void {
    const shown = this.#toShown()
    this.element.style.display = shown ? '' : 'none'
    if (!shown) {
      this.#forget()
      return
    }
    const pxAPixel = 1 / globalThis.devicePixelRatio
    const { grid, slab, source, window } = shown
    const plane = toSlabPlane(grid, geometry.toRaster(pxAPixel), geometry.normal)
    const key = JSON.stringify([plane, slab])
    const isRead = key === this.#key && source === this.#source
    if (isRead && window === this.#window) return
    Object.assign(this.element.dataset, { mode: slab.mode, mm: slab.thicknessMm })
    if (!isRead || !this.#sharp) this.#read(shown, plane, geometry)
    else this.#paint(this.#sharp, window)
    this.#key = key
    this.#source = source
    this.#window = window
  }

  #forget(): void {
    clearTimeout(this.#sharpening)
    this.#sharp = null
    this.#source = null
    this.#key = ''
  }

  #read(shown: ShownSlab, plane: SlabPlane, geometry: PaneGeometry): void {
    clearTimeout(this.#sharpening)
    const { slab, source, grid } = shown
    const isOblique = toPlaneAxes(plane, slab.thicknessMm) === null
    const samples = plane.width * plane.height * toLayersMet(plane, slab)
    const factor = isOblique ? Math.ceil(Math.sqrt((samples * this.#msASample) / BUDGET_MS)) : 1
    this.element.dataset.drawn = factor > 1 ? 'coarse' : 'sharp'
    if (factor <= 1) {
      const values = this.#sharp?.values.length === plane.width * plane.height ? this.#sharp.values : toValues(plane)
      this.#reader.read(source, plane, slab, values)
      this.#sharp = { plane, values }
      this.#paint(this.#sharp, shown.window)
      return
    }
    this.#sharp = null
    const raster = geometry.toRaster(factor / globalThis.devicePixelRatio)
    this.#drawCoarse(shown, toSlabPlane(grid, raster, geometry.normal), plane)
    this.#sharpening = window.setTimeout(() => this.#sharpen(shown, { plane, values: toValues(plane) }, 0), REST_MS)
  }

  #drawCoarse({ slab, source, window }: ShownSlab, plane: SlabPlane, whole: SlabPlane): void {
    const start = performance.now()
    const values = toValues(plane)
    this.#reader.read(source, plane, slab, values)
    const samples = values.length * toLayersMet(plane, slab)
    this.#msASample = Math.max(1e-6, (performance.now() - start) / samples)
    paintGrey(this.#coarse, plane, values, window)
    this.#resize(whole)
    this.#context?.drawImage(this.#coarse, 0, 0, whole.width, whole.height)
  }

  /** Row after row, then all at once. */
  #sharpen(shown: ShownSlab, picture: Picture, from: number): void {
    const { plane, values } = picture
    const { source, slab } = shown
    const start = performance.now()
    let row = from
    while (row < plane.height && performance.now() - start < PIECE_MS) {
      const part = toRowsOf(plane, row, 1)
      this.#reader.read(source, part, slab, values.subarray(row * plane.width, (row + 1) * plane.width))
      row++
    }
    if (row < plane.height) {
      this.#sharpening = window.setTimeout(() => this.#sharpen(shown, picture, row), 0)
      return
    }
    this.#sharp = picture
    this.element.dataset.drawn = 'sharp'
    this.#paint(picture, shown.window)
  }

  #paint({ plane, values }: Picture, window: DisplayWindow): void {
    paintGrey(this.element, plane, values, window)
  }

  #resize({ width, height }: SlabPlane): void {
    if (this.element.width !== width) this.element.width = width
    if (this.element.height !== height) this.element.height = height
  }
}

const toValues = ({ width, height }: SlabPlane): Float32Array => new Float32Array(width * height)

/** Layers that each ray is read in, both ends of the slab among them. */
const toLayersMet = ({ perMm }: SlabPlane, { thicknessMm }: Slab): number =>
  2 + thicknessMm * Math.max(...perMm.map(Math.abs))
