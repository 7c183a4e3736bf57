import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CORPUS } from './folders.ts'

type Point = readonly [number, number, number]

/** A scan that opens, as the generator wrote it from the source voxels. Planes in the order of `originsLpsMm`. */
export interface ExpectedScan {
  readonly columns: number
  readonly rows: number
  /** Distance of columns, then of rows. */
  readonly spacingMm: readonly [number, number]
  readonly rowLps: Point
  readonly columnLps: Point
  readonly originsLpsMm: readonly Point[]
  /** Where its voxels begin in `hu.i16`, in voxels. */
  readonly huStart: number
  readonly toleranceHu: number
  /** Planes that are shown right, or are missing and their file named. */
  readonly damaged: readonly number[]
  /** Planes whose damage leaves a legal frame: anything but the pixels of another plane. */
  readonly unknowable: readonly number[]
  /** The file of each plane. */
  readonly files: readonly string[]
  /** How many layers the volume has; null: one a plane. */
  readonly layers: number | null
  /**
   * `between`: further layers are mixed from their neighbours; `gaps`: further layers are missing; `tilt`: planes are
   * resampled sideways; null: the voxels are the source's.
   */
  readonly resampled: 'between' | 'gaps' | 'tilt' | 'skew' | null
  readonly title: string | null
  /** May be refused by name instead. */
  readonly optional: boolean
}

/** One notice or refusal. */
export interface ExpectedWord {
  readonly names: readonly string[]
  /** Regular expression on the whole text. */
  readonly says: string
  /** One of the names is enough. */
  readonly anyName: boolean
  /** Checked only where a scan that is optional does not open. */
  readonly optional: boolean
}

export interface Expectation {
  readonly id: string
  readonly kind: string
  readonly files: readonly string[]
  readonly expect: 'opens' | 'refused' | 'sound'
  readonly scans: readonly ExpectedScan[]
  readonly told: readonly ExpectedWord[]
  /** Codes of notices that would be false alarms. */
  readonly notTold: readonly string[]
  /** Files that are sound and no scan. */
  readonly recordings: readonly string[]
}

export interface Item extends Expectation {
  /** HU of all expected scans, one behind the other. */
  readonly hu: Int16Array
  readonly contents: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
}

export interface IndexEntry {
  readonly id: string
  readonly kind: string
}

export function readIndex(folder = CORPUS): { seed: number; items: readonly IndexEntry[] } {
  return JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'))
}

export function readItem(id: string, folder = CORPUS): Item {
  const root = join(folder, id)
  const expectation: Expectation = JSON.parse(readFileSync(join(root, 'expectation.json'), 'utf8'))
  const bytes = new Uint8Array(readFileSync(join(root, 'hu.i16')))
  const contents = new Map(
    expectation.files.map((path) => [path, new Uint8Array(readFileSync(join(root, 'files', path)))] as const),
  )
  return { ...expectation, hu: new Int16Array(bytes.buffer), contents }
}

/** HU of one plane of a scan. */
export function planeOf(item: Pick<Item, 'hu'>, scan: ExpectedScan, plane: number): Int16Array {
  const length = scan.columns * scan.rows
  const start = scan.huStart + plane * length
  return item.hu.subarray(start, start + length)
}
