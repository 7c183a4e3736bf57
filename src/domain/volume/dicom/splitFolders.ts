import { groupBy } from './groupBy.ts'
import { SMALLEST_STACK } from './refuseSeries.ts'
import type { SliceHeader } from './sliceHeader.ts'
import { toFolder } from './splitScans.ts'
import { toPlaces } from './splitSeries.ts'

/** Stacks of two folders that lie further apart than this many of their steps are two scans. */
const LARGEST_GAP_STEPS = 3

/**
 * Slices that no UID holds together lie in folders, each a scan of its own or a piece of one. Folders that are stacks by
 * themselves belong together only where one goes on where the other ends; whether they lie over one another is
 * `splitScans`' business.
 */
export function splitFolders(group: SliceHeader[]): SliceHeader[][] {
  const folders = [...groupBy(group, ({ path }) => toFolder(path)).values()]
  if (folders.length < 2 || folders.some((folder) => folder.length < SMALLEST_STACK)) return [group]
  const sorted = folders
    .map((slices) => ({ slices, places: toPlaces(slices, group[0]) }))
    .sort((a, b) => a.places[0] - b.places[0])
  const parts = [sorted[0]]
  for (const next of sorted.slice(1)) {
    const last = parts[parts.length - 1]
    if (goesOn(last, next)) {
      const places = [...last.places, ...next.places].sort((a, b) => a - b)
      parts[parts.length - 1] = { slices: [...last.slices, ...next.slices], places }
    } else parts.push(next)
  }
  return parts.map((part) => part.slices)
}

interface Stack {
  readonly slices: SliceHeader[]
  readonly places: readonly number[]
}

function goesOn(lower: Stack, upper: Stack): boolean {
  const end = lower.places[lower.places.length - 1]
  const step = Math.max(toStepMm(lower.places), toStepMm(upper.places))
  return toSize(lower.slices[0]) === toSize(upper.slices[0]) && upper.places[0] - end <= LARGEST_GAP_STEPS * step
}

const toSize = ({ format }: SliceHeader): string => `${format?.columns}×${format?.rows}`

const toStepMm = (places: readonly number[]): number => (places[places.length - 1] - places[0]) / (places.length - 1)
