import { lengthOf, subtract } from '../../domain/geometry/vector.ts'
import type { ViewPlanes } from '../../domain/geometry/viewPlane.ts'
import { moveHandle, moveMeasure, withShortAxis } from '../../domain/measure/editMeasure.ts'
import type { Measure, MeasureAct, MeasureKind, MeasureShape } from '../../domain/measure/measure.ts'
import { toOnPlane } from '../../domain/measure/measure.ts'
import type { MeasureValue } from '../../domain/measure/readMeasure.ts'
import type { Slab } from '../../domain/slab/slab.ts'
import type { Vec3 } from '../../domain/volume/volume.ts'
import type { Layer } from '../layers/layer.ts'
import type { MeasureBench, MeasureHit, ShownPlane } from './measureBench.ts'
import { NavigateTool } from './navigateTool.ts'
import type { Tool, ToolControls, ToolPointer } from './tool.ts'

export interface MeasureControls extends ToolControls {
  readonly bench: MeasureBench
  /** The planes that the views of each orientation lie in. */
  readonly planes: ViewPlanes
  /** Millimetres that a CSS pixel of the pane shows. */
  toPxMm(paneId: string): number
  /** Half the distance of slices along a normal, mm. */
  toHalfStepMm(normal: Vec3): number
  /** The slab that a pane shows; null: a slice. */
  toSlab(paneId: string): Slab | null
  readValues(shape: MeasureShape): readonly MeasureValue[]
  redrawMeasures(): void
  act(act: MeasureAct): void
}

/** A measure in the hand. */
interface Edit {
  readonly hit: MeasureHit
  readonly from: Vec3
  isMoved: boolean
}

/** A press that moves less is a click: then the next press ends what it began. */
const CLICK_SLACK_PX = 4
const POINTS_WANTED: Readonly<Partial<Record<MeasureKind, number>>> = { angle: 3, probe: 1 }

/**
 * Draws measures of one kind, or none (`kind` null: navigation), and changes those that are there: a handle under the pointer is dragged, a
 * line moves the whole. A nodule is clicked. Every other button, the wheel and, in navigation, every other press are the reader's usual ones.
 */
export class MeasureTool implements Tool {
  readonly id: string
  readonly cursor: string
  readonly #kind: MeasureKind | null
  readonly #controls: MeasureControls
  readonly #navigate: NavigateTool
  readonly #createLayers: () => readonly Layer[]
  #edit: Edit | null = null
  #press: { readonly at: readonly [number, number]; readonly pointerId: number } | null = null

  constructor(kind: MeasureKind | null, controls: MeasureControls, createLayers: () => readonly Layer[] = () => []) {
    this.id = kind ?? 'navigate'
    this.cursor = 'crosshair'
    this.#kind = kind
    this.#controls = controls
    this.#navigate = new NavigateTool(controls)
    this.#createLayers = createLayers
  }

  down(pointer: ToolPointer): void {
    const isPrimary = pointer.isTouch || pointer.button === 0
    const hit = isPrimary && !pointer.shift && !this.#press ? this.#hit(pointer) : null
    if (hit) this.#begin(hit, pointer)
    else if (!isPrimary || pointer.shift || this.#press) this.#navigate.down(pointer)
    else if (this.#kind === null) this.#leave(pointer)
    else {
      this.#press = { at: pointer.at, pointerId: pointer.pointerId }
      this.#draw(this.#kind, pointer)
    }
  }

  move(pointer: ToolPointer): void {
    const { draft } = this.#controls.bench
    if (this.#edit) this.#drag(this.#edit, pointer.pointLpsMm)
    else if (this.#kind === null || !draft) this.#navigate.move(pointer)
    else if (this.#kind !== 'freehand') this.#stretch(draft, pointer.pointLpsMm)
    else if (this.#press) this.#trace(draft, pointer)
  }

  up(pointer: ToolPointer): void {
    const press = this.#press
    if (this.#edit) this.#endEdit(this.#edit)
    else if (press?.pointerId === pointer.pointerId) {
      const isClick = Math.hypot(pointer.at[0] - press.at[0], pointer.at[1] - press.at[1]) < CLICK_SLACK_PX
      this.#press = null
      if (this.#kind === 'nodule' && isClick) this.#controls.act({ kind: 'clicked', pointLpsMm: pointer.pointLpsMm })
      else this.#release(isClick)
    } else this.#navigate.up(pointer)
  }

  wheel(pointer: ToolPointer, deltaPx: number): void {
    if (!this.#edit && !this.#controls.bench.draft) this.#navigate.wheel(pointer, deltaPx)
  }

  abandon(): void {
    this.#edit = null
    this.#press = null
    this.#show(null)
    this.#navigate.abandon()
  }

  createLayers(): readonly Layer[] {
    return this.#createLayers()
  }

  /** In navigation all of a measure can be taken, while drawing its handles alone: the next measure may begin on a line. */
  #hit(pointer: ToolPointer): MeasureHit | null {
    const { bench } = this.#controls
    const hit = bench.draft ? null : bench.hit(this.#toPlane(pointer), this.#controls.toPxMm(pointer.pane.id))
    return hit && (this.#kind === null || hit.handle !== null) ? hit : null
  }

  /** A press beside all measures. */
  #leave(pointer: ToolPointer): void {
    if (this.#controls.bench.selectedId !== null) this.#controls.act({ kind: 'selected', id: null })
    this.#navigate.down(pointer)
  }

  #toPlane({ pane, pointLpsMm }: ToolPointer): ShownPlane {
    const { normal } = this.#controls.planes[pane.plane]
    return { normal, pointLpsMm, toleranceMm: this.#controls.toHalfStepMm(normal) }
  }

  #show(draft: MeasureShape | null, of: string | null = null): void {
    this.#controls.bench.setDraft(draft, of)
    this.#controls.redrawMeasures()
  }

  /** The first press sets the first two points at one place; a later one, of what clicks draw, sets one more. */
  #draw(kind: MeasureKind, { pane, pointLpsMm: point }: ToolPointer): void {
    const { draft } = this.#controls.bench
    const { right, up } = this.#controls.planes[pane.plane]
    const slab = this.#controls.toSlab(pane.id)
    if (kind === 'nodule') return
    const isSingle = kind === 'probe' || kind === 'freehand'
    if (draft) this.#stretch(draft, point)
    else this.#show({ kind, plane: { right, up }, points: isSingle ? [point] : [point, point], ...(slab && { slab }) })
  }

  #stretch(draft: MeasureShape, to: Vec3): void {
    const point = toOnPlane(draft, to)
    this.#show({ ...draft, points: [...draft.points.slice(0, -1), point] })
  }

  #trace(draft: MeasureShape, { pane, pointLpsMm }: ToolPointer): void {
    const point = toOnPlane(draft, pointLpsMm)
    const last = draft.points[draft.points.length - 1]
    if (lengthOf(subtract(point, last)) < 2 * this.#controls.toPxMm(pane.id)) return
    this.#show({ ...draft, points: [...draft.points, point] })
  }

  #release(isClick: boolean): void {
    const { draft } = this.#controls.bench
    if (!draft) return
    const { kind, points } = draft
    if (kind === 'freehand') this.#finish(points.length >= 3 ? draft : null)
    else if (isClick && kind !== 'probe' && toReachMm(draft) < 1e-6) return
    else if (points.length < (POINTS_WANTED[kind] ?? 2)) this.#show({ ...draft, points: [...points, points[1]] })
    else this.#finish(draft)
  }

  #finish(draft: MeasureShape | null): void {
    this.#show(null)
    if (!draft) return
    const isCross = draft.kind === 'bidirectional'
    this.#controls.act({
      kind: 'drawn',
      shape: isCross ? { ...draft, points: withShortAxis(draft.plane, draft.points) } : draft,
    })
  }

  #begin(hit: MeasureHit, { pointLpsMm }: ToolPointer): void {
    this.#edit = { hit, from: pointLpsMm, isMoved: false }
    this.#controls.act({ kind: 'selected', id: hit.measure.id })
  }

  #drag(edit: Edit, to: Vec3): void {
    const { measure, handle } = edit.hit
    // It lies where it was found.
    if (measure.nodule) return
    edit.isMoved = true
    const { kind, plane, points, slab }: Measure =
      handle === null ? moveMeasure(measure, subtract(to, edit.from)) : moveHandle(measure, handle, to)
    this.#show({ kind, plane, points, ...(slab && { slab }) }, measure.id)
  }

  #endEdit({ hit, isMoved }: Edit): void {
    const { draft } = this.#controls.bench
    this.#edit = null
    // Told first, so that the former drawing is never seen again.
    if (draft && isMoved) this.#controls.act({ kind: 'changed', id: hit.measure.id, points: draft.points })
    this.#show(null)
  }
}

/** How far the last two points lie apart. */
const toReachMm = ({ points }: MeasureShape): number =>
  points.length < 2 ? 0 : lengthOf(subtract(points[points.length - 1], points[points.length - 2]))
