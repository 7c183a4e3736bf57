import { clampToGrid, toCentreLpsMm } from '../domain/geometry/grid.ts'
import {
  type SliceStack,
  type SliceStacks,
  toPointOnSlices,
  toScrolledPoint,
  toShownPoint,
  toSliceIndex,
  toSliceStacks,
} from '../domain/geometry/sliceStack.ts'
import { dot, lengthOf, subtract } from '../domain/geometry/vector.ts'
import { VIEW_PLANES, type ViewPlanes } from '../domain/geometry/viewPlane.ts'
import type { SlicePosition } from '../domain/layout/slicePosition.ts'
import type { Slab } from '../domain/slab/slab.ts'
import type { Vec3 } from '../domain/volume/volume.ts'
import { type ShownVolume, toSlicePosition } from './shownVolume.ts'
import type { ViewerPane } from './viewer.ts'

/** A view that can be brought to a plane. */
interface MovedView {
  readonly pane: ViewerPane
  showSliceAt(pointLpsMm: Vec3): void
}

const SAME_POINT_MM = 1e-6

/**
 * From where a viewer looks at its volume: the planes of its views, and the crosshair, which all of them go through. It stands on a
 * slice of every view, but where a view cuts across the voxels.
 */
export class Standpoint {
  crosshair: Vec3 | null = null
  #planes: ViewPlanes = VIEW_PLANES
  #stacks = new WeakMap<ShownVolume, SliceStacks>()
  /** Where the view of a pane stands along its normal, mm. */
  readonly #shownMm = new Map<string, number>()

  get planes(): ViewPlanes {
    return this.#planes
  }

  set planes(planes: ViewPlanes) {
    this.#planes = planes
    this.#stacks = new WeakMap()
    this.#shownMm.clear()
  }

  /** A place in a volume that has just come, or its middle. */
  begin(shown: ShownVolume, pointLpsMm: Vec3 | null = null): void {
    const point = pointLpsMm ? clampToGrid(shown.grid, pointLpsMm) : toCentreLpsMm(shown.grid)
    this.crosshair = this.#toCrosshair(shown, point)
  }

  /** Brings the crosshair to a point, or into the volume next to it; false where it is there already. */
  moveTo(shown: ShownVolume, pointLpsMm: Vec3): boolean {
    const before = this.crosshair
    const point = this.#toCrosshair(shown, clampToGrid(shown.grid, pointLpsMm))
    if (before && lengthOf(subtract(point, before)) < SAME_POINT_MM) return false
    this.crosshair = point
    return true
  }

  /** The crosshair after scrolling a pane by so many slices; null before there is one. */
  toScrolled(shown: ShownVolume, pane: ViewerPane, slices: number): Vec3 | null {
    const { volume, grid } = shown
    return this.crosshair && toScrolledPoint(grid, volume, this.#stackOf(shown, pane), this.crosshair, slices)
  }

  /** Forgets where a view stood, which has another picture now. */
  forget = (paneId: string): boolean => this.#shownMm.delete(paneId)

  /** Brings a view to the crosshair; true where it needs another picture for that. */
  follow(shown: ShownVolume, view: MovedView): boolean {
    if (!this.crosshair) return false
    const { id } = view.pane
    const stack = this.#stackOf(shown, view.pane)
    const point = toShownPoint(shown.volume, stack, this.crosshair)
    const mm = dot(point, stack.normal)
    if (Math.abs(mm - (this.#shownMm.get(id) ?? Number.NaN)) < SAME_POINT_MM) return false
    this.#shownMm.set(id, mm)
    view.showSliceAt(point)
    return true
  }

  /** What is to be said of the slice that a pane shows. */
  toPosition(shown: ShownVolume, pane: ViewerPane, slab: Slab | null): SlicePosition {
    const stack = this.#stackOf(shown, pane)
    return toSlicePosition(shown, stack, this.crosshair ? toSliceIndex(stack, this.crosshair) : 0, slab)
  }

  #toCrosshair = (shown: ShownVolume, point: Vec3): Vec3 => toPointOnSlices(shown.volume, this.#stacksOf(shown), point)

  #stackOf = (shown: ShownVolume, { plane }: ViewerPane): SliceStack => this.#stacksOf(shown)[plane]

  #stacksOf(shown: ShownVolume): SliceStacks {
    const known = this.#stacks.get(shown)
    if (known) return known
    const stacks = toSliceStacks(shown.volume, this.#planes)
    this.#stacks.set(shown, stacks)
    return stacks
  }
}
