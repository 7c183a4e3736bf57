import { isMissingAt, type MissingMask } from '../volume/measuredLayers.ts'
import type { Volume } from '../volume/volume.ts'

/** A volume with the mask of its missing layers, null where none is. */
export type SlabSource = Pick<Volume, 'hu' | 'size'> & { readonly missing: MissingMask | null }

const clamp = (value: number, most: number): number => (value < 0 ? 0 : Math.min(value, most))

/**
 * HU at a continuous index: linear between voxel centres, the outer half voxel repeats them; NaN outside and where a layer without
 * pixels takes part. It is what a plane that cuts the voxels shows.
 */
export function readBetween({ hu, size, missing }: SlabSource, x: number, y: number, z: number): number {
  const [nx, ny, nz] = size
  if (!(x >= -0.5 && y >= -0.5 && z >= -0.5 && x <= nx - 0.5 && y <= ny - 0.5 && z <= nz - 0.5)) return Number.NaN
  const [cx, cy, cz] = [clamp(x, nx - 1), clamp(y, ny - 1), clamp(z, nz - 1)]
  if (missing && isMissingAt(missing, cz)) return Number.NaN
  const [i, j, k] = [Math.floor(cx), Math.floor(cy), Math.floor(cz)]
  const [fx, fy, fz] = [cx - i, cy - j, cz - k]
  const at = i + nx * (j + ny * k)
  const stepX = i + 1 < nx ? 1 : 0
  const stepY = j + 1 < ny ? nx : 0
  const stepZ = k + 1 < nz ? nx * ny : 0
  const along = (from: number) => hu[from] + (hu[from + stepX] - hu[from]) * fx
  const across = (from: number) => along(from) + (along(from + stepY) - along(from)) * fy
  const here = across(at)
  // On a layer itself, as most places are that a slab is read at, its neighbour is not asked.
  return fz === 0 ? here : here + (across(at + stepZ) - here) * fz
}
