import { addScaled } from '../geometry/vector.ts'
import type { Vec3, Volume } from '../volume/volume.ts'

/** What is drawn in space has at most so many voxels: a ray through them costs as much on any machine. */
const MAX_VOXELS = 20_000_000

/** Voxels that become one, along i, j, k: the axis of the smallest spacing is halved until there are few enough. */
export function toFactors({ size, spacingMm }: Pick<Volume, 'size' | 'spacingMm'>, maxVoxels = MAX_VOXELS): Vec3 {
  const factors: [number, number, number] = [1, 1, 1]
  const count = () => size.reduce((product, n, axis) => product * Math.ceil(n / factors[axis]), 1)
  while (count() > maxVoxels) {
    const steps = spacingMm.map((mm, axis) => mm * factors[axis])
    factors[steps.indexOf(Math.min(...steps))] *= 2
  }
  return factors
}

/** The volume that comes of it, its voxels still to be filled: centres of the blocks, those at an end counted as whole ones. */
export function toReduced(volume: Volume, factors: Vec3): Volume {
  const size = volume.size.map((n, axis) => Math.ceil(n / factors[axis])) as unknown as Vec3
  const spacingMm = volume.spacingMm.map((mm, axis) => mm * factors[axis]) as unknown as Vec3
  const originLpsMm = factors.reduce(
    (point: Vec3, factor, axis) =>
      addScaled(point, volume.directionLps[axis], ((factor - 1) / 2) * volume.spacingMm[axis]),
    volume.originLpsMm,
  )
  const hu = new Int16Array(size[0] * size[1] * size[2])
  return {
    id: `${volume.id}-reduced`,
    size,
    spacingMm,
    originLpsMm,
    directionLps: volume.directionLps,
    hu,
    missing: [],
  }
}

/** Fills layer k of the reduced volume with the means of its blocks. */
export function fillLayer(volume: Volume, factors: Vec3, reduced: Volume, k: number): void {
  const [width, height] = reduced.size
  for (let j = 0; j < height; j++)
    for (let i = 0; i < width; i++) reduced.hu[i + width * (j + height * k)] = meanOf(volume, factors, [i, j, k])
}

function meanOf({ size, hu }: Volume, [fi, fj, fk]: Vec3, [bi, bj, bk]: Vec3): number {
  let sum = 0
  let count = 0
  for (let k = bk * fk; k < Math.min(size[2], (bk + 1) * fk); k++)
    for (let j = bj * fj; j < Math.min(size[1], (bj + 1) * fj); j++)
      for (let i = bi * fi, at = i + size[0] * (j + size[1] * k); i < Math.min(size[0], (bi + 1) * fi); i++, at++) {
        sum += hu[at]
        count++
      }
  return Math.round(sum / count)
}

/** Air: less than halfway between lung and soft tissue, HU. */
const AIR_BELOW_HU = -400
/** What outer air becomes: fat, which lets the eye through where air is to be seen, and has no edge of air to the skin. */
const OUTSIDE_HU = -100

/** In layer k all air that is joined to the border of the picture becomes what cannot be seen. */
export function clearOutside({ size, hu }: Volume, k: number): void {
  const [width, height] = size
  const layer = hu.subarray(k * width * height, (k + 1) * width * height)
  const open: number[] = []
  const take = (at: number) => {
    if (layer[at] >= AIR_BELOW_HU) return
    layer[at] = OUTSIDE_HU
    open.push(at)
  }
  for (let i = 0; i < width; i++) {
    take(i)
    take(i + width * (height - 1))
  }
  for (let j = 0; j < height; j++) {
    take(j * width)
    take(j * width + width - 1)
  }
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const i = at % width
    if (i > 0) take(at - 1)
    if (i < width - 1) take(at + 1)
    if (at >= width) take(at - width)
    if (at < width * (height - 1)) take(at + width)
  }
}
