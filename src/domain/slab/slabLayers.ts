import type { MissingMask } from '../volume/measuredLayers.ts'

/** A layer of voxels and how much of the slab lies in it, as a share of the whole. */
export interface SlabLayer {
  readonly index: number
  readonly weight: number
}

/** Shares of a layer that are no more than the noise of single precision. */
const NOISE = 1e-3

/** A slab across layers of voxels. */
export interface SlabAcross {
  /** Continuous index of the slab's middle. */
  readonly centre: number
  /** Half its thickness, in layers. */
  readonly reach: number
  /** Layers of the volume. */
  readonly count: number
  readonly isMean: boolean
  /** Layers without pixels are left out: the weight is that of the others. */
  readonly missing: MissingMask | null
}

/**
 * The layers of a slab; a voxel reaches half a step to either side of its centre. For the mean: each layer that the slab touches,
 * by how much of the slab lies in it, so that the mean is that over exactly the thickness. Otherwise each layer whose centre
 * lies in the slab, so that it ends within half a voxel of where it should. At least the layer nearest to the middle. Empty
 * where the slab lies outside, or nothing in it was measured.
 */
export function toSlabLayers({ centre, reach, count, isMean, missing }: SlabAcross): readonly SlabLayer[] {
  if (centre + reach < -0.5 - NOISE || centre - reach > count - 0.5 + NOISE) return []
  const first = Math.max(0, Math.ceil(centre - reach - 0.5))
  const last = Math.min(count - 1, Math.floor(centre + reach + 0.5))
  const layers: SlabLayer[] = []
  for (let index = first; index <= last; index++) {
    const overlap = Math.min(index + 0.5, centre + reach) - Math.max(index - 0.5, centre - reach)
    const isIn = isMean ? overlap > NOISE : Math.abs(index - centre) <= reach + NOISE
    if (isIn) layers.push({ index, weight: isMean ? overlap : 1 })
  }
  if (layers.length === 0) layers.push({ index: Math.min(count - 1, Math.max(0, Math.round(centre))), weight: 1 })
  const measured = layers.filter(({ index }) => !missing || (missing[index] & 1) === 0)
  const whole = measured.reduce((sum, { weight }) => sum + weight, 0)
  return measured.map(({ index, weight }) => ({ index, weight: weight / whole }))
}
