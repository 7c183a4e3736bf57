import { addScaled, cross, dot, lengthOf, scale, subtract } from '../../domain/geometry/vector.ts'
import { toHandles } from '../../domain/measure/editMeasure.ts'
import { type Measure, type MeasureShape, toNormal, toOffPlaneMm } from '../../domain/measure/measure.ts'
import { toOutline } from '../../domain/measure/outline.ts'
import type { ReadMeasure } from '../../domain/measure/readMeasure.ts'
import { BORDER_SHARE, type NoduleBorder, readBorder, toBorderBall } from '../../domain/nodule/noduleBorder.ts'
import type { PlacedGroup } from '../../domain/report/placeReport.ts'
import type { Vec3 } from '../../domain/volume/volume.ts'

/** The plane that a pane shows. */
export interface ShownPlane {
  readonly normal: Vec3
  readonly pointLpsMm: Vec3
  /** How far a measure may lie from it and still be of this slice. */
  readonly toleranceMm: number
}

/** What lies under the pointer: a handle by number, or the drawing itself. */
export interface MeasureHit {
  readonly measure: Measure
  readonly handle: number | null
}

const HANDLE_PX = 9
const LINE_PX = 6
const AROUND = 12
const PARALLEL = 1 - 1e-6

/** The measures of the visible study, and the one that is being drawn or changed. */
export class MeasureBench {
  items: readonly ReadMeasure[] = []
  /** Measurements of structured reports: drawn, never taken by the pointer. */
  reported: readonly PlacedGroup[] = []
  selectedId: string | null = null
  /** In place of the measure it was made of, where `draftOf` names one. */
  draft: MeasureShape | null = null
  draftOf: string | null = null

  setDraft(draft: MeasureShape | null, draftOf: string | null = null): void {
    this.draft = draft
    this.draftOf = draft ? draftOf : null
  }

  /** Those that lie in the slice. */
  of(plane: ShownPlane): readonly ReadMeasure[] {
    return this.items.filter(({ measure }) => measure.id !== this.draftOf && isInPlane(measure, plane))
  }

  /** `pxMm`: millimetres a CSS pixel. Handles come before lines, the chosen measure before the others. */
  hit(plane: ShownPlane, pxMm: number): MeasureHit | null {
    const shown = this.of(plane).map(({ measure }) => measure)
    const ordered = [...shown.filter(({ id }) => id === this.selectedId), ...shown.toReversed()]
    for (const measure of ordered) {
      const handle = toHandles(measure).findIndex((one) => distance(one, plane) <= HANDLE_PX * pxMm)
      if (handle >= 0) return { measure, handle }
    }
    const isNear = (one: Measure) =>
      one.nodule
        ? isNearBorder(one.nodule.border, plane, LINE_PX * pxMm)
        : toLineDistance(one, plane.pointLpsMm) <= LINE_PX * pxMm
    const measure = ordered.find(isNear)
    return measure ? { measure, handle: null } : null
  }
}

/** Within so many mm along the slice one place lies inside and another outside. */
function isNearBorder(border: NoduleBorder, { normal, pointLpsMm }: ShownPlane, reachMm: number): boolean {
  const across = cross(normal, Math.abs(normal[0]) < 0.7 ? [1, 0, 0] : [0, 1, 0])
  const u = scale(across, 1 / lengthOf(across))
  const v = cross(normal, u)
  const shares = Array.from({ length: AROUND }, (_, n) => {
    const turn = (2 * Math.PI * n) / AROUND
    return readBorder(
      border,
      addScaled(addScaled(pointLpsMm, u, reachMm * Math.cos(turn)), v, reachMm * Math.sin(turn)),
    )
  })
  return shares.some((share) => share >= BORDER_SHARE) && shares.some((share) => share < BORDER_SHARE)
}

/** Across the slice alone: a measure a fraction of a slice away is as near as it looks. */
function distance(point: Vec3, { normal, pointLpsMm }: ShownPlane): number {
  const apart = subtract(point, pointLpsMm)
  return lengthOf(addScaled(apart, normal, -dot(apart, normal)))
}

/** A nodule is of every slice that crosses it. */
export const isInPlane = (shape: MeasureShape, plane: ShownPlane): boolean =>
  shape.nodule ? isCrossed(shape.nodule.border, plane) : liesIn(shape, plane)

function isCrossed(border: NoduleBorder, { normal, pointLpsMm }: ShownPlane): boolean {
  const { centerLpsMm, radiusMm } = toBorderBall(border)
  return Math.abs(dot(normal, subtract(centerLpsMm, pointLpsMm))) <= radiusMm
}

/** Its lines, not its border, lie in the slice. */
export const liesIn = (shape: MeasureShape, { normal, pointLpsMm, toleranceMm }: ShownPlane): boolean =>
  Math.abs(dot(toNormal(shape.plane), normal)) > PARALLEL && toOffPlaneMm(shape, pointLpsMm) <= toleranceMm

function toLineDistance(shape: MeasureShape, pointLpsMm: Vec3): number {
  const normal = toNormal(shape.plane)
  const off = dot(subtract(pointLpsMm, shape.points[0]), normal)
  const point = addScaled(pointLpsMm, normal, -off)
  const pieces = toOutline(shape).flatMap((line) => line.slice(1).map((end, n) => [line[n], end] as const))
  return pieces.reduce(
    (nearest, [from, to]) => Math.min(nearest, toSegmentDistance(point, from, to)),
    Number.POSITIVE_INFINITY,
  )
}

function toSegmentDistance(point: Vec3, from: Vec3, to: Vec3): number {
  const line = subtract(to, from)
  const square = dot(line, line)
  const at = square === 0 ? 0 : Math.min(1, Math.max(0, dot(subtract(point, from), line) / square))
  return lengthOf(subtract(point, addScaled(from, line, at)))
}
