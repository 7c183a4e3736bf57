import { lengthOf, subtract } from '../../geometry/vector.ts'
import type { Vec3 } from '../volume.ts'
import { groupBy, groupLinked } from './groupBy.ts'
import type { SliceHeader } from './sliceHeader.ts'

/** Slices whose axes differ by less than this may be parallel: scanners and headers round. */
const LINKED_DEGREES = 0.5
/** Further apart in one group, the axes turn on purpose (a rotating reformat): then only equal ones belong together. */
const LARGEST_SPREAD_DEGREES = 2

interface Orientation {
  readonly rowLps: Vec3
  readonly columnLps: Vec3
  readonly slices: readonly SliceHeader[]
}

/** Angle between two unit vectors, degrees; exact for small ones. */
const toDegrees = (a: Vec3, b: Vec3): number =>
  (2 * Math.asin(Math.min(1, lengthOf(subtract(a, b)) / 2)) * 180) / Math.PI

/** The larger of the angles between the rows and between the columns of two slices, degrees. */
export const toAngleDegrees = (a: Pick<Orientation, 'rowLps' | 'columnLps'>, b: typeof a): number =>
  Math.max(toDegrees(a.rowLps, b.rowLps), toDegrees(a.columnLps, b.columnLps))

/** Parallel slices together, by the angle between them; those without axes are a group. */
export function splitOrientations(slices: SliceHeader[]): SliceHeader[][] {
  const orientations: Orientation[] = []
  const without: SliceHeader[] = []
  for (const same of groupBy(slices, ({ rowLps, columnLps }) => `${rowLps} ${columnLps}`).values()) {
    const { rowLps, columnLps } = same[0]
    if (rowLps && columnLps) orientations.push({ rowLps, columnLps, slices: same })
    else without.push(...same)
  }
  const linked = groupLinked(orientations, (a, b) => toAngleDegrees(a, b) < LINKED_DEGREES)
  const groups = linked.flatMap((group) => (isParallel(group) ? [group] : group.map((one) => [one])))
  const parts = groups.map((group) => inOrder(group, slices))
  return without.length > 0 ? [...parts, without] : parts
}

const isParallel = (group: readonly Orientation[]): boolean =>
  group.every((one) => toAngleDegrees(one, group[0]) < LARGEST_SPREAD_DEGREES)

/** The order of the drop decides nothing, but a group must not depend on how it was found. */
function inOrder(group: readonly Orientation[], slices: readonly SliceHeader[]): SliceHeader[] {
  if (group.length === 1) return [...group[0].slices]
  const members = new Set(group.flatMap((one) => one.slices))
  return slices.filter((slice) => members.has(slice))
}
