import { dot } from '../../geometry/vector.ts'
import { SMALLEST_STACK } from './refuseSeries.ts'
import type { SliceHeader } from './sliceHeader.ts'
import { toNormalLps } from './slicePlace.ts'
import { groupBy, hasRepeatedPositions } from './splitSeries.ts'

/** Share of a stack's steps that must be equal for it to be a scan of its own. */
const EVEN_SHARE = 0.8
/** Relative difference of steps that count as equal; headers round positions. */
const STEP_TOLERANCE = 0.1

type ToKey = (slice: SliceHeader) => string

export const toFolder = (path: string): string => path.split('/').slice(0, -1).join('/')

/** What may tell two scans apart whose patient and UIDs are the same, the surest first. */
const MARKS: readonly ToKey[] = [
  ({ seriesTime }) => seriesTime,
  ({ seriesNumber, seriesDescription }) => `${seriesNumber}|${seriesDescription}`,
  ({ kernel }) => kernel,
  ({ format, pixelSpacingMm }) => `${format?.columns}×${format?.rows} ${pixelSpacingMm?.map((mm) => mm.toFixed(4))}`,
  toPlaceInPlane,
  ({ path }) => toFolder(path),
  ({ sopInstanceUid }) => sopInstanceUid.slice(0, sopInstanceUid.lastIndexOf('.') + 1),
  ({ path }) => path.replace(/\d+/g, '#'),
]

/**
 * Anonymised scans may share patient and UIDs. Where the stacks of one group lie over or between one another, and a mark
 * parts them into stacks that are whole by themselves, they are scans of their own; a series that an export cut into
 * folders one behind the other stays one.
 */
export function splitScans(group: SliceHeader[]): SliceHeader[][] {
  for (const toKey of MARKS) {
    const parts = [...groupBy(group, toKey).values()]
    if (areScans(group, parts)) return parts.flatMap(splitScans)
  }
  return [group]
}

function areScans(group: readonly SliceHeader[], parts: readonly SliceHeader[][]): boolean {
  if (parts.length < 2 || parts.some((part) => part.length < SMALLEST_STACK)) return false
  const stacks = parts.map((part) => toPlaces(part, group[0]))
  if (!stacks.every((stack) => stack.length >= SMALLEST_STACK) || !overlap(stacks)) return false
  return hasRepeatedPositions(group) || stacks.every(isEven)
}

/** Places along the normal, mm, sorted; a place that is taken twice counts once. */
function toPlaces(part: readonly SliceHeader[], { rowLps, columnLps }: SliceHeader): number[] {
  const normal = toNormalLps({ rowLps, columnLps })
  if (!normal) return []
  const places = part.flatMap(({ positionLpsMm }) => (positionLpsMm ? [dot(normal, positionLpsMm).toFixed(2)] : []))
  return [...new Set(places)].map(Number).sort((a, b) => a - b)
}

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

/** Where the first pixel lies across the normal, 0.1 mm: two scans hardly ever agree in it. */
function toPlaceInPlane({ positionLpsMm, rowLps, columnLps }: SliceHeader): string {
  if (!positionLpsMm || !rowLps || !columnLps) return ''
  return [rowLps, columnLps].map((axis) => Math.round(dot(axis, positionLpsMm) * 10)).join()
}
