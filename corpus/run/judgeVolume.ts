import type { Volume } from '../../src/domain/volume/volume.ts'
import { type ExpectedScan, type Item, planeOf } from './expectation.ts'
import { compareBetween, compareTilted } from './judgeResampled.ts'
import { indexOf, type Point, toPlanePoint } from './place.ts'

export type PlaneState = 'right' | 'missing' | 'wrong'

export interface VolumeJudgement {
  readonly planes: readonly PlaneState[]
  /** What else is wrong: place, size, made-up layers. Empty where nothing is. */
  readonly faults: readonly string[]
}

/** In-plane deviation of a voxel from its place, in voxels. */
const PLACE_TOLERANCE = 0.02
/** Along the stack headers round, and the app may put a slice on its even place. */
const STACK_TOLERANCE = 0.1

const isNear = (value: number, tolerance: number) => Math.abs(value - Math.round(value)) <= tolerance

/** Layers (of the third axis) that the volume calls missing. */
const missingLayers = (volume: Volume): ReadonlySet<number> => new Set(volume.missing)

/** Compares a volume with the scan that it should be, voxel by voxel at their places in the patient. */
export function judgeVolume(volume: Volume, item: Item, scan: ExpectedScan): VolumeJudgement {
  const missing = missingLayers(volume)
  const faults: string[] = []
  const layers = new Set<number>()
  const planes = scan.originsLpsMm.map((_, plane): PlaneState => {
    const found = placePlane(volume, scan, plane)
    if (typeof found === 'string') {
      if (found !== 'outside') faults.push(`plane ${plane} ${found}`)
      return found === 'outside' ? 'missing' : 'wrong'
    }
    layers.add(found.layer)
    if (missing.has(found.layer)) return 'missing'
    if (scan.resampled === 'tilt' || scan.resampled === 'skew') {
      const fault = compareTilted(volume, item, scan, plane, found.layer)
      if (fault) faults.push(fault)
      return fault ? 'wrong' : 'right'
    }
    return compareNearest(volume, item, scan, plane, found)
  })
  return { planes, faults: [...faults, ...judgeLayers(volume, item, scan, layers, missing)] }
}

interface PlacedPlane {
  readonly layer: number
  /** The other of two layers that lie equally near. */
  readonly otherLayer: number | null
  readonly start: Point
  readonly alongRow: Point
  readonly alongColumn: Point
}

/** Where the voxels of a plane lie in the volume, or why they do not. */
function placePlane(volume: Volume, scan: ExpectedScan, plane: number): PlacedPlane | string {
  const at = (i: number, j: number) => indexOf(volume, toPlanePoint(scan, plane, i, j))
  const start = at(0, 0)
  const [right, below] = [at(scan.columns - 1, 0), at(0, scan.rows - 1)]
  const stackTolerance = scan.resampled === 'between' ? 0.5001 : STACK_TOLERANCE
  const corners = [start, right, below, at(scan.columns - 1, scan.rows - 1)]
  const axis = stackAxisOf(volume, scan)
  const isOutside = corners.every((corner) => corner[axis] < -0.5 || corner[axis] > volume.size[axis] - 0.5)
  if (isOutside) return 'outside'
  const isTilted = scan.resampled === 'tilt' || scan.resampled === 'skew'
  for (const corner of corners) {
    for (const n of [0, 1, 2]) {
      if (isTilted && n !== axis) continue
      if (!isNear(corner[n], n === axis ? stackTolerance : PLACE_TOLERANCE))
        return `lies at ${corner.map((c) => c.toFixed(3))}`
      if (corner[n] < -0.51 || corner[n] > volume.size[n] - 0.49)
        return `ends outside the volume at ${corner.map((c) => c.toFixed(2))}`
    }
  }
  const step = (end: Point, count: number): Point =>
    end.map((n, m) => (count > 1 ? (n - start[m]) / (count - 1) : 0)) as unknown as Point
  const layer = Math.round(start[axis])
  const isHalfway = Math.abs(Math.abs(start[axis] - layer) - 0.5) < 0.02
  const other = isHalfway ? layer + Math.sign(start[axis] - layer) : null
  return {
    layer,
    otherLayer: other !== null && other >= 0 && other < volume.size[axis] ? other : null,
    start: start.map(Math.round) as unknown as Point,
    alongRow: step(right, scan.columns).map(Math.round) as unknown as Point,
    alongColumn: step(below, scan.rows).map(Math.round) as unknown as Point,
  }
}

/** The axis of the volume that the planes are stacked along. */
export function stackAxisOf(volume: Volume, scan: ExpectedScan): 0 | 1 | 2 {
  const normal = [
    scan.rowLps[1] * scan.columnLps[2] - scan.rowLps[2] * scan.columnLps[1],
    scan.rowLps[2] * scan.columnLps[0] - scan.rowLps[0] * scan.columnLps[2],
    scan.rowLps[0] * scan.columnLps[1] - scan.rowLps[1] * scan.columnLps[0],
  ]
  const along = volume.directionLps.map((axis) =>
    Math.abs(axis[0] * normal[0] + axis[1] * normal[1] + axis[2] * normal[2]),
  )
  return along.indexOf(Math.max(...along)) as 0 | 1 | 2
}

/** A plane half-way between two layers may be shown in either. */
function compareNearest(volume: Volume, item: Item, scan: ExpectedScan, plane: number, at: PlacedPlane): PlaneState {
  const state = comparePlane(volume, item, scan, plane, at)
  if (state === 'right' || at.otherLayer === null) return state
  const axis = stackAxisOf(volume, scan)
  const start = at.start.map((n, m) => (m === axis ? at.otherLayer : n)) as unknown as Point
  return comparePlane(volume, item, scan, plane, { ...at, start })
}

const voxelAt = ({ size }: Volume, [i, j, k]: Point) => i + size[0] * (j + size[1] * k)

function comparePlane(volume: Volume, item: Item, scan: ExpectedScan, plane: number, at: PlacedPlane): PlaneState {
  const expected = planeOf(item, scan, plane)
  const shown = readPlane(volume, scan, at)
  if (!scan.unknowable.includes(plane)) return isSame(shown, expected, scan.toleranceHu) ? 'right' : 'wrong'
  return showsAnother(shown, item, scan, plane) ? 'wrong' : 'right'
}

function readPlane(volume: Volume, scan: ExpectedScan, { start, alongRow, alongColumn }: PlacedPlane): Int16Array {
  const first = voxelAt(volume, start)
  const [stepX, stepY] = [voxelAt(volume, alongRow), voxelAt(volume, alongColumn)]
  const shown = new Int16Array(scan.columns * scan.rows)
  for (let j = 0; j < scan.rows; j++)
    for (let i = 0; i < scan.columns; i++) shown[i + j * scan.columns] = volume.hu[first + i * stepX + j * stepY]
  return shown
}

const isSame = (a: Int16Array, b: Int16Array, toleranceHu: number): boolean =>
  a.every((value, n) => Math.abs(value - b[n]) <= toleranceHu)

/** Half of the pixels are another plane's, to the number: that is no accident. */
function showsAnother(shown: Int16Array, item: Item, own: ExpectedScan, plane: number): boolean {
  return item.scans.some((scan) =>
    scan.originsLpsMm.some((_, other) => {
      if ((scan === own && other === plane) || scan.columns * scan.rows !== shown.length) return false
      const pixels = planeOf(item, scan, other)
      const equal = shown.reduce((count, value, n) => count + Number(value === pixels[n] && value > -1000), 0)
      const telling = pixels.reduce((count, value) => count + Number(value > -1000), 0)
      return equal > telling / 2
    }),
  )
}

function judgeLayers(
  volume: Volume,
  item: Item,
  scan: ExpectedScan,
  layers: ReadonlySet<number>,
  missing: ReadonlySet<number>,
): string[] {
  const axis = stackAxisOf(volume, scan)
  const faults: string[] = []
  if (scan.layers !== null && volume.size[axis] !== scan.layers)
    faults.push(`${volume.size[axis]} layers for ${scan.layers}`)
  const across = [0, 1, 2].filter((n) => n !== axis)
  const area = across.reduce((product, n) => product * volume.size[n], 1)
  if (scan.resampled !== 'tilt' && scan.resampled !== 'skew' && area !== scan.columns * scan.rows) {
    faults.push(`layers of ${across.map((n) => volume.size[n]).join(' × ')}`)
  }
  for (let layer = 0; layer < volume.size[axis]; layer++) {
    if (layers.has(layer) || missing.has(layer)) continue
    const fault = scan.resampled === 'between' ? compareBetween(volume, item, scan, layer) : `layer ${layer} is made up`
    if (fault) faults.push(fault)
  }
  return faults
}
