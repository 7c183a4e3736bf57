import { dot } from '../../geometry/vector.ts'
import { groupBy, groupLinked } from './groupBy.ts'
import { SMALLEST_STACK } from './refuseSeries.ts'
import type { SliceHeader } from './sliceHeader.ts'
import { hasRepeatedPositions, toPlaces } from './splitSeries.ts'

/** Share of a stack's steps that must be equal for it to be a scan of its own. */
const EVEN_SHARE = 0.8
/** Relative difference of steps that count as equal; headers round positions. */
const STEP_TOLERANCE = 0.1

/** Pixel spacings and places that differ by less are the same, share and mm. */
const SPACING_TOLERANCE = 1e-3
const IN_PLANE_TOLERANCE_MM = 0.1

type Split = (group: readonly SliceHeader[]) => SliceHeader[][]

export const toFolder = (path: string): string => path.split('/').slice(0, -1).join('/')

const byKey =
  (toKey: (slice: SliceHeader) => string): Split =>
  (group) => [...groupBy(group, toKey).values()]

/** What may tell two scans apart whose patient and UIDs are the same, the surest first. */
const MARKS: readonly Split[] = [
  byKey(({ seriesTime }) => seriesTime),
  byKey(({ seriesNumber, seriesDescription }) => `${seriesNumber}|${seriesDescription}`),
  byKey(({ kernel }) => kernel),
  byKey(({ format }) => `${format?.columns}×${format?.rows}`),
  splitSpacings,
  splitPlacesInPlane,
  byKey(({ path }) => toFolder(path)),
  byKey(({ sopInstanceUid }) => sopInstanceUid.slice(0, sopInstanceUid.lastIndexOf('.') + 1)),
  byKey(({ path }) => path.replace(/-?\d+([.,]\d+)?/g, '#')),
]

/**
 * Anonymised scans may share patient and UIDs. Where the stacks of one group lie over or between one another, and a mark
 * parts them into stacks that are whole by themselves, they are scans of their own; a series that an export cut into
 * folders one behind the other stays one.
 */
export function splitScans(group: SliceHeader[]): SliceHeader[][] {
  for (const split of MARKS) {
    const parts = split(group)
    if (areScans(group, parts)) return parts.flatMap(splitScans)
  }
  return [group]
}

function areScans(group: readonly SliceHeader[], parts: readonly SliceHeader[][]): boolean {
  if (parts.length < 2 || parts.some((part) => part.length < SMALLEST_STACK)) return false
  const stacks = parts.map((part) => toDistinctPlaces(part, group[0]))
  if (!stacks.every((stack) => stack.length >= SMALLEST_STACK) || !overlap(stacks)) return false
  return hasRepeatedPositions(group) || stacks.every(isEven)
}

/** A place that is taken twice counts once. */
const toDistinctPlaces = (part: readonly SliceHeader[], reference: SliceHeader): number[] =>
  [...new Set(toPlaces(part, reference).map((place) => place.toFixed(2)))].map(Number)

/** Whether two stacks lie over one another by at least two slices of each; one stray slice makes no scan. */
function overlap(stacks: readonly (readonly number[])[]): boolean {
  const sorted = [...stacks].sort((a, b) => a[0] - b[0])
  return sorted.some((upper, n) => {
    const lower = sorted[n - 1] ?? []
    const end = lower.at(-1) ?? Number.NEGATIVE_INFINITY
    return upper.filter((place) => place <= end).length >= 2 && lower.filter((place) => place >= upper[0]).length >= 2
  })
}

function isEven(places: readonly number[]): boolean {
  const steps = places.slice(1).map((place, n) => place - places[n])
  const median = [...steps].sort((a, b) => a - b)[steps.length >> 1]
  const even = steps.filter((step) => Math.abs(step - median) <= STEP_TOLERANCE * median)
  return even.length >= EVEN_SHARE * steps.length
}

function splitSpacings(group: readonly SliceHeader[]): SliceHeader[][] {
  return groupLinked(group, ({ pixelSpacingMm: a }, { pixelSpacingMm: b }) => {
    if (!a || !b) return a === b
    return [0, 1].every((n) => Math.abs(a[n] - b[n]) <= SPACING_TOLERANCE * a[n])
  })
}

/** By where the first pixel lies across the normal: two scans hardly ever agree in it, slices of one do or drift. */
function splitPlacesInPlane(group: readonly SliceHeader[]): SliceHeader[][] {
  const places = new Map(group.map((slice) => [slice, toPlaceInPlane(slice)]))
  return groupLinked(group, (a, b) => {
    const [one, other] = [places.get(a), places.get(b)]
    if (!one || !other) return one === other
    return one.every((mm, n) => Math.abs(mm - other[n]) <= IN_PLANE_TOLERANCE_MM)
  })
}

function toPlaceInPlane({ positionLpsMm, rowLps, columnLps }: SliceHeader): readonly number[] | null {
  if (!positionLpsMm || !rowLps || !columnLps) return null
  return [rowLps, columnLps].map((axis) => dot(axis, positionLpsMm))
}
