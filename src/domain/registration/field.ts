import type { Grid } from '../geometry/grid.ts'
import type { Vec3 } from '../volume/volume.ts'
import { blur } from './blur.ts'
import type { LungScan } from './lungScan.ts'

/** Smoothed densities that can be read between their cells, which lie along the patient's axes. */
export interface Field extends Grid {
  readonly cellMm: number
  readonly hu: Float32Array
  readonly isMeasured: Uint8Array
}

/** What was not measured has no part in what lies beside it. */
export function toField(scan: LungScan, sigmaMm: number): Field {
  const { hu, isMeasured, size, cellMm } = scan
  const sigma = sigmaMm / cellMm
  if (!isMeasured.includes(0)) return { ...scan, hu: blur(hu, size, sigma) }
  const sums = blur(
    hu.map((value, at) => value * isMeasured[at]),
    size,
    sigma,
  )
  const shares = blur(Float32Array.from(isMeasured), size, sigma)
  return { ...scan, hu: sums.map((sum, at) => (shares[at] > 0 ? sum / shares[at] : hu[at])) }
}

/**
 * Density at a point and its derivatives along x, y, z (HU per mm), by trilinear interpolation.
 * @returns false where nothing was measured
 */
export function readField(
  { originLpsMm, cellMm, size, hu, isMeasured }: Field,
  point: Vec3,
  into: Float64Array,
): boolean {
  const x = (point[0] - originLpsMm[0]) / cellMm
  const y = (point[1] - originLpsMm[1]) / cellMm
  const z = (point[2] - originLpsMm[2]) / cellMm
  const [nx, ny, nz] = size
  if (!(x >= 0 && y >= 0 && z >= 0 && x < nx - 1 && y < ny - 1 && z < nz - 1)) return false
  const [i, j, k] = [Math.floor(x), Math.floor(y), Math.floor(z)]
  const [u, v, w] = [x - i, y - j, z - k]
  const at = i + nx * (j + ny * k)
  if (!isMeasured[at + Math.round(u) + nx * (Math.round(v) + ny * Math.round(w))]) return false
  const up = nx * ny
  const [a, b, c, d] = [hu[at], hu[at + 1], hu[at + nx], hu[at + nx + 1]]
  const [e, f, g, h] = [hu[at + up], hu[at + up + 1], hu[at + up + nx], hu[at + up + nx + 1]]
  const [ab, cd, ef, gh] = [a + u * (b - a), c + u * (d - c), e + u * (f - e), g + u * (h - g)]
  const [low, high] = [ab + v * (cd - ab), ef + v * (gh - ef)]
  into[0] = low + w * (high - low)
  into[1] = ((1 - w) * ((1 - v) * (b - a) + v * (d - c)) + w * ((1 - v) * (f - e) + v * (h - g))) / cellMm
  into[2] = ((1 - w) * (cd - ab) + w * (gh - ef)) / cellMm
  into[3] = (high - low) / cellMm
  return true
}
