import { dot } from '../geometry/vector.ts'
import type { Orientation } from '../geometry/viewPlane.ts'
import type { Vec3 } from '../volume/volume.ts'
import type { SlicePosition } from './slicePosition.ts'

/** `prior`: a measure of the study beside, at the same place of this one. */
export type MarkKind = 'finding' | 'utterance' | 'measure' | 'key' | 'prior' | 'match'

/** Something that lies at a place of the study. */
export interface MarkedPlace {
  readonly id: string
  readonly kind: MarkKind
  /** What it is, in a few words. */
  readonly text: string
  readonly pointLpsMm: Vec3
  /** The views that it lies in; missing: all. */
  readonly plane?: Orientation
}

/** All that lies in one slice of a view. */
export interface SliceMark {
  /** 1…count. */
  readonly number: number
  /** The most telling of them. */
  readonly kind: MarkKind
  readonly texts: readonly string[]
  /** Of the first of them: a jump brings the views there. */
  readonly pointLpsMm: Vec3
}

/** From the most telling on. */
const KINDS: readonly MarkKind[] = ['finding', 'key', 'measure', 'utterance', 'prior', 'match']

/** Marks of a view by slice, ascending; places outside its slices have none. `normal`: that of the view. */
export function toSliceMarks(
  normal: Vec3,
  { count, firstMm, stepMm }: Pick<SlicePosition, 'count' | 'firstMm' | 'stepMm'>,
  places: readonly MarkedPlace[],
): SliceMark[] {
  const bySlice = new Map<number, MarkedPlace[]>()
  for (const place of places) {
    const number = Math.round((dot(place.pointLpsMm, normal) - firstMm) / stepMm) + 1
    if (number >= 1 && number <= count) bySlice.set(number, [...(bySlice.get(number) ?? []), place])
  }
  return [...bySlice].sort(([a], [b]) => a - b).map(([number, there]) => toMark(number, there))
}

function toMark(number: number, there: readonly MarkedPlace[]): SliceMark {
  const ordered = [...there].sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind))
  return {
    number,
    kind: ordered[0].kind,
    texts: ordered.map(({ text }) => text),
    pointLpsMm: ordered[0].pointLpsMm,
  }
}

/** Centre of some points, as a mark lies there. */
export const toMiddle = (points: readonly Vec3[]): Vec3 =>
  [0, 1, 2].map((n) => points.reduce((sum, point) => sum + point[n], 0) / points.length) as unknown as Vec3
