import { type Grid, toGridPoint, toGridVector } from '../geometry/grid.ts'
import { toVoxelIndex } from '../geometry/voxel.ts'
import type { Vec3 } from '../volume/volume.ts'
import { sampleOblique } from './obliqueSlab.ts'
import { type Projection, projectLayers } from './projectLayers.ts'
import type { SlabSource } from './readBetween.ts'
import { samplePlane } from './samplePlane.ts'
import type { Slab } from './slab.ts'
import { toSlabLayers } from './slabLayers.ts'
import { type PlaneAxes, type SlabPlane, toAxis, toPlaneAxes } from './slabPlane.ts'

const layersAt = ({ size, missing }: SlabSource, centre: Vec3, perMm: Vec3, axis: number, slab: Slab) =>
  toSlabLayers({
    centre: centre[axis],
    reach: (slab.thicknessMm / 2) * Math.abs(perMm[axis]),
    count: size[axis],
    isMean: slab.mode === 'average',
    missing: axis === 2 ? missing : null,
  })

/** Reads slabs of a volume and keeps the last projection, which zoom, pan and window leave as it is. */
export class SlabReader {
  #source: SlabSource | null = null
  #key = ''
  #projection: Projection | null = null

  /**
   * HU of a slab around a plane, a pixel, row by row; NaN where nothing was measured and outside the volume. `out` needs
   * width · height values.
   */
  read(source: SlabSource, plane: SlabPlane, slab: Slab, out: Float32Array): void {
    const axes = toPlaneAxes(plane, slab.thicknessMm)
    if (!axes) {
      sampleOblique(source, plane, slab, out)
      return
    }
    const projection = this.#project(source, plane, axes, slab)
    if (projection) samplePlane(projection, plane, axes, out)
    else out.fill(Number.NaN)
  }

  #project(source: SlabSource, plane: SlabPlane, axes: PlaneAxes, slab: Slab): Projection | null {
    const layers = layersAt(source, plane.at, plane.perMm, axes.slab, slab)
    const key = JSON.stringify([axes.slab, slab.mode, layers])
    if (source === this.#source && key === this.#key) return this.#projection
    this.#source = source
    this.#key = key
    this.#projection = layers.length > 0 ? projectLayers(source.hu, source.size, axes.slab, layers, slab.mode) : null
    return this.#projection
  }
}

/** Reads one value of a slab by a column of voxels. */
function readColumn(
  source: SlabSource,
  voxel: Vec3,
  axis: number,
  layers: readonly { index: number; weight: number }[],
  slab: Slab,
) {
  const [nx, ny] = source.size
  const values = layers.map(({ index }) => {
    const [i, j, k] = voxel.map((at, n) => (n === axis ? index : at))
    return source.hu[i + nx * (j + ny * k)]
  })
  if (slab.mode === 'average') return values.reduce((sum, value, n) => sum + value * layers[n].weight, 0)
  return slab.mode === 'mip' ? Math.max(...values) : Math.min(...values)
}

/** HU of the slab at a point of its plane (LPS mm): of the nearest column of voxels. Null where nothing was measured. */
export function readSlabAt(source: SlabSource, grid: Grid, pointLpsMm: Vec3, normal: Vec3, slab: Slab): number | null {
  const perMm = toGridVector(grid, normal)
  const at = toGridPoint(grid, pointLpsMm)
  const axis = toAxis(perMm, slab.thicknessMm)
  if (axis === null) {
    const out = new Float32Array(1)
    sampleOblique(source, { width: 1, height: 1, at, perX: [0, 0, 0], perY: [0, 0, 0], perMm }, slab, out)
    return Number.isNaN(out[0]) ? null : Math.round(out[0])
  }
  const voxel = toVoxelIndex(grid, pointLpsMm)
  const isInside = voxel.every((index, n) => n === axis || (index >= 0 && index < source.size[n]))
  const layers = isInside ? layersAt(source, at, perMm, axis, slab) : []
  const isMissing = axis !== 2 && source.missing !== null && ((source.missing[voxel[2]] ?? 0) & 1) !== 0
  return layers.length === 0 || isMissing ? null : Math.round(readColumn(source, voxel, axis, layers, slab))
}

/** Layers of a slab that looks along the layers, and how many of them have no pixels; null for other views. */
export function countMissing(source: SlabSource, grid: Grid, pointLpsMm: Vec3, normal: Vec3, slab: Slab) {
  const perMm = toGridVector(grid, normal)
  if (!source.missing || toAxis(perMm, slab.thicknessMm) !== 2) return null
  const at = toGridPoint(grid, pointLpsMm)
  const all = layersAt({ ...source, missing: null }, at, perMm, 2, slab).length
  return { all, missing: all - layersAt(source, at, perMm, 2, slab).length }
}
