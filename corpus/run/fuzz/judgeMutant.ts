import type { ExpectedScan, Item } from '../expectation.ts'
import { planeOf } from '../expectation.ts'
import { judgeVolume, type PlaneState } from '../judgeVolume.ts'
import type { OpenedDrop } from '../openItem.ts'

export type MutantVerdict =
  /** All pixels are the source's. */
  | 'right'
  /** The file is named, its frames are left out or stand as they were read. */
  | 'named'
  /** Pixels are not the source's, and nobody says so. */
  | 'unnoticed'
  | 'another frame'
  | 'others lost'
  | 'too slow'
  | 'too large'
  | 'crashed'

export interface MutantJudgement {
  readonly verdict: MutantVerdict
  readonly reason: string
}

/**
 * What came of a drop of which one file was changed. `item` has one scan, as the generator wrote it; `foreign` are planes
 * of other scans that the process has decoded.
 */
export function judgeMutant(
  item: Item,
  path: string,
  drop: OpenedDrop,
  foreign: readonly Int16Array[],
): MutantJudgement {
  const [scan] = item.scans
  const own = scan.files.flatMap((file, plane) => (file === path ? [plane] : []))
  const said = JSON.stringify([drop.problems, drop.opened.map((one) => one.notices)])
  const isNamed = said.includes(path)
  const judged = drop.opened.map(({ volume }) => judgeVolume(volume, item, scan))
  const states = scan.files.map((_, plane) => combine(judged.map(({ planes }) => planes[plane])))
  const stolen = drop.opened.find(({ volume }) => showsAnotherPlane(volume.hu, item, scan, states, foreign))
  if (stolen) return { verdict: 'another frame', reason: `planes ${listPlanes(states, 'wrong')}` }
  // A file with all of the scan takes its other frames with it.
  const others = states.filter((state, plane) => state !== 'right' && !own.includes(plane))
  if (others.length > 0)
    return {
      verdict: 'others lost',
      reason: `${others.length} planes of other files are ${others[0]}; ${said.slice(0, 300)}`,
    }
  const isRight = own.every((plane) => states[plane] === 'right') && judged.every(({ faults }) => faults.length === 0)
  if (isRight) return { verdict: 'right', reason: '' }
  if (isNamed) return { verdict: 'named', reason: '' }
  const faults = judged.flatMap((one) => one.faults)
  return {
    verdict: 'unnoticed',
    reason: faults[0] ?? `planes ${listPlanes(states, 'wrong') || listPlanes(states, 'missing')}`,
  }
}

const listPlanes = (states: readonly PlaneState[], wanted: PlaneState) =>
  states.flatMap((state, plane) => (state === wanted ? [plane] : [])).join(', ')

/** Of a plane in several volumes: shown wrong in one is wrong, shown right in one is right. */
function combine(states: readonly PlaneState[]): PlaneState {
  if (states.includes('wrong')) return 'wrong'
  return states.includes('right') ? 'right' : 'missing'
}

/** A layer of which more than half is a plane that stands elsewhere: told by the layers that are wrong. */
function showsAnotherPlane(
  hu: Int16Array,
  item: Item,
  scan: ExpectedScan,
  states: readonly PlaneState[],
  foreign: readonly Int16Array[],
): boolean {
  const length = scan.columns * scan.rows
  if (hu.length % length !== 0 || !states.includes('wrong')) return false
  const planes = scan.files.map((_, plane) => planeOf(item, scan, plane))
  const rank = new Map<number, number>()
  for (let layer = 0; layer < hu.length / length; layer++) {
    const shown = hu.subarray(layer * length, (layer + 1) * length)
    const match = planes.findIndex((plane) => shareEqual(shown, plane) > 0.5)
    if (match < 0 && foreign.some((plane) => plane.length === length && shareEqual(shown, plane) > 0.5)) return true
    if (match < 0) continue
    // The same plane twice: one of the two stands for another.
    if (rank.has(match)) return true
    rank.set(match, layer)
  }
  // In the order of the stack, up or down, or swapped.
  const layers = [...rank].sort(([a], [b]) => a - b).map(([, layer]) => layer)
  const up = layers.every((layer, n) => n === 0 || layer > layers[n - 1])
  const down = layers.every((layer, n) => n === 0 || layer < layers[n - 1])
  return !up && !down
}

function shareEqual(shown: Int16Array, plane: Int16Array): number {
  let [equal, telling] = [0, 0]
  for (let n = 0; n < plane.length; n++) {
    if (plane[n] <= -1000) continue
    telling++
    if (shown[n] === plane[n]) equal++
  }
  return telling > 0 ? equal / telling : 0
}
