import { type GridFrame, toPatientPoint, toVolumeFrame } from '../../geometry/grid.ts'
import { scale } from '../../geometry/vector.ts'
import { findClosestAxes } from '../../volume/closestAxes.ts'
import { labelComponents, toMost } from '../../volume/sides/components.ts'
import type { Vec3, Volume } from '../../volume/volume.ts'

/** A scan in cells of about 3 mm along its axes closest to Left, Posterior, Superior, and what of it lies within the patient. */
export interface CoarseBody extends BodyMask {
  /** HU of the voxel that stands for a cell, `x + nx · (y + ny · z)`. */
  readonly hu: Int16Array
  readonly cellMm: Vec3
}

/** 1 in cells that the skin encloses; the frame is that of its cells. */
export interface BodyMask extends GridFrame {
  /** Cells towards Left, Posterior, Superior. */
  readonly size: Vec3
  readonly inside: Uint8Array
}

/** training/voxct/corpora/body_region.py has the same numbers. */
const COARSE_MM = 3
/** Half-way between lung and soft tissue. */
export const AIR_BELOW_HU = -400

const CODES = ['S', 'P', 'L'] as const

/** Stored indices of one axis that stand for cells, in the order of the cells. */
function toPlaces(count: number, spacingMm: number, isFlipped: boolean): number[] {
  const step = toStep(spacingMm)
  const places = Array.from({ length: Math.ceil(count / step) }, (_, n) => n * step)
  return isFlipped ? places.map((at) => count - 1 - at) : places
}

const toStep = (spacingMm: number): number => Math.max(1, Math.floor(COARSE_MM / spacingMm + 0.5))

/** Layers in which nothing was measured are left out, as if their neighbours touched: air there would cut the patient in two. */
export function findCoarseBody(volume: Volume): CoarseBody {
  const axes = findClosestAxes(volume.directionLps, [...CODES])
  const isMissing = new Set(volume.missing)
  const places = axes.map(({ gridAxis, flipped }) => {
    const all = toPlaces(volume.size[gridAxis], volume.spacingMm[gridAxis], flipped)
    return gridAxis === 2 ? all.filter((k) => !isMissing.has(k)) : all
  })
  const hu = readPlaces(volume, axes, places)
  const size: Vec3 = [places[2].length, places[1].length, places[0].length]
  const inside = fillHoles(findLargest(hu, size), size)
  const cellMm = [2, 1, 0].map(
    (n) => toStep(volume.spacingMm[axes[n].gridAxis]) * volume.spacingMm[axes[n].gridAxis],
  ) as unknown as Vec3
  return { size, hu, inside, cellMm, ...toFrame(volume, axes, places) }
}

type Axes = ReturnType<typeof findClosestAxes>

function readPlaces({ hu, size: [ni, nj] }: Volume, axes: Axes, [zs, ys, xs]: readonly number[][]): Int16Array {
  const strides = [1, ni, ni * nj]
  const [alongZ, alongY, alongX] = axes.map(({ gridAxis }) => strides[gridAxis])
  const out = new Int16Array(zs.length * ys.length * xs.length)
  let at = 0
  for (const z of zs) for (const y of ys) for (const x of xs) out[at++] = hu[z * alongZ + y * alongY + x * alongX]
  return out
}

/** Cells of the largest solid piece: without the table, where a gap parts it from the patient. */
function findLargest(hu: Int16Array, size: Vec3): Uint8Array {
  const { labels, sizes } = labelComponents(
    Uint8Array.from(hu, (value) => (value > AIR_BELOW_HU ? 1 : 0)),
    size,
  )
  const largest = sizes.indexOf(toMost(sizes))
  return Uint8Array.from(labels, (label) => (label > 0 && label === largest ? 1 : 0))
}

/** Axial layer by layer, since in space the air of the lungs reaches the outside through the mouth. */
function fillHoles(solid: Uint8Array, [nx, ny, nz]: Vec3): Uint8Array {
  const area = nx * ny
  const filled = new Uint8Array(solid.length)
  for (let z = 0; z < nz; z++) {
    const layer = solid.subarray(z * area, (z + 1) * area)
    const { labels, sizes } = labelComponents(
      layer.map((one) => 1 - one),
      [nx, ny, 1],
    )
    const isOpen = new Uint8Array(sizes.length)
    for (let x = 0; x < nx; x++) for (const y of [0, ny - 1]) isOpen[labels[x + nx * y]] = 1
    for (let y = 0; y < ny; y++) for (const x of [0, nx - 1]) isOpen[labels[x + nx * y]] = 1
    for (let at = 0; at < area; at++) filled[z * area + at] = labels[at] === 0 || !isOpen[labels[at]] ? 1 : 0
  }
  return filled
}

function toFrame(volume: Volume, axes: Axes, places: readonly number[][]): GridFrame {
  const frame = toVolumeFrame(volume)
  const first: [number, number, number] = [0, 0, 0]
  axes.forEach(({ gridAxis }, n) => {
    first[gridAxis] = places[n][0]
  })
  const toCellStep = (n: 0 | 1 | 2): Vec3 => {
    const { gridAxis, flipped } = axes[n]
    const step = toStep(volume.spacingMm[gridAxis])
    return scale(frame.stepsLpsMm[gridAxis], flipped ? -step : step)
  }
  return { originLpsMm: toPatientPoint(frame, first), stepsLpsMm: [toCellStep(2), toCellStep(1), toCellStep(0)] }
}
