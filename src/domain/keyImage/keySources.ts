import { toGridPoint, toVolumeGrid } from '../geometry/grid.ts'
import { toSliceNumber, toSliceStacks } from '../geometry/sliceStack.ts'
import { dot } from '../geometry/vector.ts'
import { type SourceSlice, slicesOfLayer } from '../volume/sourceSlices.ts'
import type { Volume } from '../volume/volume.ts'
import type { KeyImage, KeySlice } from './keyImage.ts'

/** Cosine from which a plane lies along the layers of a volume. */
const PARALLEL = 0.9999
/** A slab that ends where a layer begins has nothing of it, in layers. */
const EDGE = 1e-6

type Placed = Pick<KeyImage, 'plane' | 'planes' | 'pointLpsMm' | 'slab'>

/** True where the image is one of the volume's layers, or a slab of them. */
export const isAlongLayers = (volume: Volume, { plane, planes }: Pick<KeyImage, 'plane' | 'planes'>): boolean =>
  Math.abs(dot(planes[plane].normal, volume.directionLps[2])) > PARALLEL

/**
 * The source slices behind a key image: the nearest one of its layer, and of a slab along the layers those of all that lie in it. Of a plane
 * across them, which hundreds of slices make, the one at the crosshair. Empty where the volume has no sources there.
 */
export function toKeySources(volume: Volume, image: Placed): readonly SourceSlice[] {
  const middle = toGridPoint(toVolumeGrid(volume), image.pointLpsMm)[2]
  const nearest = Math.round(middle)
  const isSlab = image.slab !== null && isAlongLayers(volume, image)
  // A layer is as thick as layers lie apart: one that the slab takes half of is in it.
  const reach = isSlab ? image.slab.thicknessMm / 2 / volume.spacingMm[2] + 0.5 - EDGE : 0
  const within = (k: number) => Math.min(volume.size[2] - 1, Math.max(0, k))
  const from = within(isSlab ? Math.min(nearest, Math.ceil(middle - reach)) : nearest)
  const to = within(isSlab ? Math.max(nearest, Math.floor(middle + reach)) : nearest)
  const layers = Array.from({ length: to - from + 1 }, (_, n) => from + n)
  return [...new Set(layers.flatMap((k) => slicesOfLayer(volume, k).slice(0, 1)))]
}

/** Its number as the views count, and as its source does. */
export function toKeySlice(volume: Volume, image: Placed): KeySlice {
  const stack = toSliceStacks(volume, image.planes)[image.plane]
  const [source] = isAlongLayers(volume, image) ? toKeySources(volume, { ...image, slab: null }) : []
  return {
    number: toSliceNumber(stack, image.pointLpsMm),
    count: stack.count,
    instanceNumber: source?.instanceNumber ?? null,
  }
}
