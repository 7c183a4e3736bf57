import { type Grid, toGridPoint, toGridVector, toPatientPoint, toVolumeGrid } from '../geometry/grid.ts'
import { lengthOf } from '../geometry/vector.ts'
import { readHu } from '../geometry/voxel.ts'
import { readSlabAt } from '../slab/slabReader.ts'
import { toMissingMask } from '../volume/measuredLayers.ts'
import type { Vec3, Volume } from '../volume/volume.ts'
import { fromPlanePoint, type MeasureShape, toNormal, toPlanePoint } from './measure.ts'
import type { Region } from './region.ts'

/** Hounsfield units of a region; SD is that of all its values (n, not n − 1). */
export interface HuStatistics {
  readonly meanHu: number
  readonly sdHu: number
  readonly minHu: number
  readonly maxHu: number
  readonly count: number
  /**
   * `voxels`: those of one plane of voxels whose centres lie in the region, or a slab's columns of voxels; `resampled`: between them,
   * trilinearly.
   */
  readonly sampling: 'voxels' | 'resampled'
}

/** A plane of voxels is met within this share of a voxel: what headers round. */
const ON_LAYER = 0.01
/** Samples of a plane that lies between voxels, along the smallest distance of voxels. */
const SAMPLES_A_VOXEL = 2

/** Null where nothing in the region was measured. */
export function measureHu(volume: Volume, shape: MeasureShape, region: Region): HuStatistics | null {
  const grid = toVolumeGrid(volume)
  const axis = toLayerAxis(grid, shape)
  const sums = new Sums()
  const reads = toReads(volume, grid, shape)
  if (axis === null) sampleBetween(reads.between, grid, shape, region, sums)
  else collectVoxels(reads.voxel, grid, shape, region, axis, sums)
  return sums.toStatistics(axis === null ? 'resampled' : 'voxels')
}

/** What a region is read by: at voxels of its plane, by index, and between them, by continuous index. */
interface Reads {
  voxel(index: Vec3): number | null
  between(at: Vec3): number | null
}

function toReads(volume: Volume, grid: Grid, { slab, plane }: MeasureShape): Reads {
  if (!slab) return { voxel: (index) => readHu(volume, index), between: (at) => readHuBetween(volume, at) }
  const source = { hu: volume.hu, size: volume.size, missing: toMissingMask(volume) }
  const normal = toNormal(plane)
  const read = (at: Vec3) => readSlabAt(source, grid, toPatientPoint(grid, at), normal, slab)
  return { voxel: read, between: read }
}

class Sums {
  #count = 0
  #mean = 0
  #squares = 0
  #min = Number.POSITIVE_INFINITY
  #max = Number.NEGATIVE_INFINITY

  /** Welford's sums: a variance of large numbers stays exact. */
  add(hu: number): void {
    this.#count++
    const delta = hu - this.#mean
    this.#mean += delta / this.#count
    this.#squares += delta * (hu - this.#mean)
    if (hu < this.#min) this.#min = hu
    if (hu > this.#max) this.#max = hu
  }

  toStatistics(sampling: HuStatistics['sampling']): HuStatistics | null {
    const count = this.#count
    if (count === 0) return null
    const sdHu = Math.sqrt(this.#squares / count)
    return { meanHu: this.#mean, sdHu, minHu: this.#min, maxHu: this.#max, count, sampling }
  }
}

/** The axis whose layer the plane is; null where it lies across the layers or, without a slab, between two. */
function toLayerAxis(grid: Grid, { plane, points, slab }: MeasureShape): 0 | 1 | 2 | null {
  const along = [toGridVector(grid, plane.right), toGridVector(grid, plane.up)]
  const at = toGridPoint(grid, points[0])
  const reachMm = 500
  const isFlat = (axis: 0 | 1 | 2) =>
    along.every((vector) => Math.abs(vector[axis]) * reachMm < ON_LAYER) &&
    (slab !== undefined || Math.abs(at[axis] - Math.round(at[axis])) < ON_LAYER)
  return ([2, 1, 0] as const).find(isFlat) ?? null
}

function collectVoxels(
  read: Reads['voxel'],
  grid: Grid,
  shape: MeasureShape,
  region: Region,
  axis: 0 | 1 | 2,
  sums: Sums,
): void {
  const ends = toEnds(grid, shape, region)
  const at = toGridPoint(grid, shape.points[0])[axis]
  // Of a slab the middle, which may lie between layers.
  const layer = shape.slab ? at : Math.round(at)
  const [first, second] = [0, 1, 2].filter((one) => one !== axis)
  const index: [number, number, number] = [layer, layer, layer]
  for (let b = ends[second][0]; b <= ends[second][1]; b++) {
    for (let a = ends[first][0]; a <= ends[first][1]; a++) {
      index[first] = a
      index[second] = b
      const [u, v] = toPlanePoint(shape, toPatientPoint(grid, index))
      const hu = region.holds(u, v) ? read(index) : null
      if (hu !== null) sums.add(hu)
    }
  }
}

/** First and last voxel along each axis that can lie in the region. */
function toEnds(grid: Grid, shape: MeasureShape, { low, high }: Region): readonly (readonly [number, number])[] {
  const corners = [low, high, [low[0], high[1]], [high[0], low[1]]] as const
  const at = corners.map((corner) => toGridPoint(grid, fromPlanePoint(shape, corner)))
  return ([0, 1, 2] as const).map((axis) => {
    const along = at.map((point) => point[axis])
    const from = Math.max(0, Math.ceil(Math.min(...along) - ON_LAYER))
    return [from, Math.min(grid.size[axis] - 1, Math.floor(Math.max(...along) + ON_LAYER))] as const
  })
}

function sampleBetween(read: Reads['between'], grid: Grid, shape: MeasureShape, region: Region, sums: Sums): void {
  const stepMm = Math.min(...grid.stepsLpsMm.map(lengthOf)) / SAMPLES_A_VOXEL
  const { low, high } = region
  for (let v = low[1] + stepMm / 2; v < high[1]; v += stepMm) {
    for (let u = low[0] + stepMm / 2; u < high[0]; u += stepMm) {
      const hu = region.holds(u, v) ? read(toGridPoint(grid, fromPlanePoint(shape, [u, v]))) : null
      if (hu !== null) sums.add(hu)
    }
  }
}

/** Trilinear HU at continuous voxel coordinates; null where one of the voxels that count was not measured or lies outside. */
function readHuBetween(volume: Volume, at: Vec3): number | null {
  const [i, j, k] = at.map(Math.floor)
  let sum = 0
  for (let corner = 0; corner < 8; corner++) {
    const [di, dj, dk] = [corner & 1, (corner >> 1) & 1, corner >> 2]
    const weight = share(at[0] - i, di) * share(at[1] - j, dj) * share(at[2] - k, dk)
    if (weight < 1e-9) continue
    const hu = readHu(volume, [i + di, j + dj, k + dk])
    if (hu === null) return null
    sum += weight * hu
  }
  return sum
}

const share = (within: number, isUpper: number): number => (isUpper ? within : 1 - within)
