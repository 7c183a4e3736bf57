import { toGridPoint, toPatientPoint, toVolumeFrame, toVolumeGrid } from '../src/domain/geometry/grid.ts'
import { add, subtract } from '../src/domain/geometry/vector.ts'
import { type Affine, applyAffine, type Matrix4 } from '../src/domain/registration/affine.ts'
import type { Vec3, Volume, VolumeGeometry } from '../src/domain/volume/volume.ts'
import { growLungTrees } from './anatomy/lungTrees.ts'
import type { PhantomCase } from './phantomCase.ts'
import { createRandom } from './random.ts'
import { LEAVES_PER_LUNG } from './renderPhantom.ts'

/** Where a point of the current scan lies in the prior and the way back, LPS mm. */
export interface Displacement {
  readonly there: (pointLpsMm: Vec3) => Vec3
  readonly back: (pointLpsMm: Vec3) => Vec3
}

/** First `inner`, then `outer`. */
export const follow = (outer: Displacement, inner: Displacement): Displacement => ({
  there: (point) => outer.there(inner.there(point)),
  back: (point) => inner.back(outer.back(point)),
})

/** A turn about x, then y, then z through a point, in degrees, then a shift. */
export function toMotion(degrees: Vec3, shiftMm: Vec3, about: Vec3): Displacement {
  const turns = degrees.map((degree, axis) => [axis, (degree * Math.PI) / 180] as const)
  const moved = add(about, shiftMm)
  return {
    there: (point) =>
      add(
        turns.reduce((from, [axis, angle]) => turnBy(from, axis, angle), subtract(point, about)),
        moved,
      ),
    back: (point) =>
      add(
        turns.reduceRight((from, [axis, angle]) => turnBy(from, axis, -angle), subtract(point, moved)),
        about,
      ),
  }
}

function turnBy(point: Vec3, axis: number, angle: number): Vec3 {
  const out: [number, number, number] = [...point]
  const [u, v] = [(axis + 1) % 3, (axis + 2) % 3]
  out[u] = point[u] * Math.cos(angle) - point[v] * Math.sin(angle)
  out[v] = point[u] * Math.sin(angle) + point[v] * Math.cos(angle)
  return out
}

/** How far a breath moves the bases of the lungs, mm. */
const BASE_MM = 20

/**
 * A breath: the bases go up by 20 mm, the apices stay, and between them lies half a wave, steepest in the middle, so that no affine map
 * is equal to it.
 */
export function toBreath(baseMm: number, apexMm: number): Displacement {
  const rise = (z: number) => {
    const height = Math.min(Math.max((z - baseMm) / (apexMm - baseMm), 0), 1)
    return (BASE_MM * (1 + Math.cos(Math.PI * height))) / 2
  }
  const backFrom = (z: number) => {
    let source = z
    // The slope of the rise is at most 0.2 in lungs of 16 cm and more, so each round takes away four fifths of what is left.
    for (let n = 0; n < 12; n++) source = z - rise(source)
    return source
  }
  return { there: ([x, y, z]) => [x, y, z + rise(z)], back: ([x, y, z]) => [x, y, backFrom(z)] }
}

export interface PriorGrid {
  readonly geometry: VolumeGeometry
  /** How many places are averaged along z, a voxel's thickness in all: 1 samples. */
  readonly layers: number
}

/** The scan as the prior would show it. */
export function makePrior(scan: Volume, { back }: Displacement, { geometry, layers }: PriorGrid): Volume {
  const frame = toVolumeFrame(geometry)
  const grid = toVolumeGrid(scan)
  const [nx, ny, nz] = geometry.size
  const hu = new Int16Array(nx * ny * nz)
  const readAt = (i: number, j: number, k: number) =>
    readHu(scan, toGridPoint(grid, back(toPatientPoint(frame, [i, j, k]))))
  for (let at = 0; at < hu.length; at++) {
    const [i, j, k] = [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))]
    let sum = 0
    for (let layer = 0; layer < layers; layer++) sum += readAt(i, j, k + (layer + 0.5) / layers - 0.5)
    hu[at] = Math.round(sum / layers)
  }
  return { ...scan, ...geometry, id: `${scan.id}-prior`, hu, missing: [] }
}

const OUTSIDE_HU = -1024

function readHu({ hu, size: [nx, ny, nz] }: Volume, [x, y, z]: Vec3): number {
  if (x < 0 || y < 0 || z < 0 || x > nx - 1 || y > ny - 1 || z > nz - 1) return OUTSIDE_HU
  const [i, j, k] = [Math.min(Math.floor(x), nx - 2), Math.min(Math.floor(y), ny - 2), Math.min(Math.floor(z), nz - 2)]
  const [u, v, w] = [x - i, y - j, z - k]
  const line = (at: number) => hu[at] + u * (hu[at + 1] - hu[at])
  const plane = (at: number) => line(at) + v * (line(at + nx) - line(at))
  const at = i + nx * (j + ny * k)
  return plane(at) + w * (plane(at + nx * ny) - plane(at))
}

/** Forks of vessels in the lungs of a phantom, of the second to the sixth generation, LPS mm. */
export function toLandmarks({ seed, anatomy }: PhantomCase): Vec3[] {
  const { arteries, veins } = growLungTrees(anatomy, createRandom(seed).fork('render').fork('trees'), LEAVES_PER_LUNG)
  const forks = [...arteries, ...veins].filter(
    ({ generation, leaves }) => generation >= 2 && generation <= 6 && leaves > 1,
  )
  return forks.map(({ to }) => to.map((mm, n) => mm * anatomy.scale[n]) as unknown as Vec3)
}

const toAffine = (m: Matrix4): Affine => ({
  rows: [
    [m[0], m[1], m[2]],
    [m[4], m[5], m[6]],
    [m[8], m[9], m[10]],
  ],
  shiftMm: [m[3], m[7], m[11]],
})

export interface LandmarkErrors {
  readonly medianMm: number
  readonly p95Mm: number
}

/** Distance of each landmark from where its place in the prior is taken to. */
export function measureErrors(
  landmarks: readonly Vec3[],
  { there }: Displacement,
  priorToCurrent: Matrix4,
): LandmarkErrors {
  const map = toAffine(priorToCurrent)
  const errors = landmarks
    .map((point) => {
      const back = applyAffine(map, there(point))
      return Math.hypot(back[0] - point[0], back[1] - point[1], back[2] - point[2])
    })
    .sort((a, b) => a - b)
  return { medianMm: errors[errors.length >> 1], p95Mm: errors[Math.floor(0.95 * (errors.length - 1))] }
}
