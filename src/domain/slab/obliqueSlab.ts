import type { Vec3 } from '../volume/volume.ts'
import { readBetween, type SlabSource } from './readBetween.ts'
import type { Slab, SlabMode } from './slab.ts'
import type { SlabPlane } from './slabPlane.ts'

/** What one ray has met so far. */
class RayTally {
  #largest = 0
  #smallest = 0
  #integral = 0
  #lengthMm = 0
  #lastMm = 0
  #last = 0

  reset(): void {
    this.#largest = Number.NEGATIVE_INFINITY
    this.#smallest = Number.POSITIVE_INFINITY
    this.#integral = 0
    this.#lengthMm = 0
    this.#last = Number.NaN
  }

  /** By rising place; between two neighbours that both have a value the ray is linear. */
  add(mm: number, hu: number): void {
    if (hu > this.#largest) this.#largest = hu
    if (hu < this.#smallest) this.#smallest = hu
    const mean = (hu + this.#last) / 2
    if (!Number.isNaN(mean)) {
      this.#integral += mean * (mm - this.#lastMm)
      this.#lengthMm += mm - this.#lastMm
    }
    this.#last = hu
    this.#lastMm = mm
  }

  /** NaN where nothing was met. */
  read(mode: SlabMode): number {
    if (this.#largest < this.#smallest) return Number.NaN
    if (mode === 'mip') return this.#largest
    if (mode === 'minip') return this.#smallest
    return this.#lengthMm > 0 ? this.#integral / this.#lengthMm : (this.#largest + this.#smallest) / 2
  }
}

/** The axis whose layers a line crosses most often: no voxel of another axis is stepped over between two of them. */
function toCrossedAxis(perMm: Vec3): number {
  const crossings = perMm.map(Math.abs)
  return crossings.indexOf(Math.max(...crossings))
}

/**
 * A slab oblique to the voxels, HU a pixel, row by row; NaN where nothing was measured. The volume is taken as linear between
 * voxel centres; along each pixel's ray it is read where the ray crosses a layer of the most crossed axis and at the ends of
 * the slab. The mean is the integral over the ray (trapezoids), so it is over exactly the thickness.
 */
export function sampleOblique(source: SlabSource, plane: SlabPlane, slab: Slab, out: Float32Array): void {
  const [ax, ay, az] = plane.perMm
  const axis = toCrossedAxis(plane.perMm)
  const perMm = plane.perMm[axis]
  const half = slab.thicknessMm / 2
  const tally = new RayTally()
  for (let y = 0; y < plane.height; y++) {
    for (let x = 0; x < plane.width; x++) {
      const px = plane.at[0] + x * plane.perX[0] + y * plane.perY[0]
      const py = plane.at[1] + x * plane.perX[1] + y * plane.perY[1]
      const pz = plane.at[2] + x * plane.perX[2] + y * plane.perY[2]
      const middle = axis === 0 ? px : axis === 1 ? py : pz
      const read = (mm: number) => tally.add(mm, readBetween(source, px + mm * ax, py + mm * ay, pz + mm * az))
      tally.reset()
      read(-half)
      // By rising millimetres, which is by falling indices where the normal points against the axis.
      const last = middle + half * perMm
      if (perMm > 0) for (let n = Math.ceil(middle - half * perMm); n <= last; n++) read((n - middle) / perMm)
      else for (let n = Math.floor(middle - half * perMm); n >= last; n--) read((n - middle) / perMm)
      read(half)
      out[x + plane.width * y] = tally.read(slab.mode)
    }
  }
}
