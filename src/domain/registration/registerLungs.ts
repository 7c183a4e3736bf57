import { failure, type Problem, type Result, success } from '../../base/result.ts'
import { toGrid, toPatientPoint } from '../geometry/grid.ts'
import type { Scan } from '../volume/sides/coarseGrid.ts'
import type { OnProgress } from '../volume/sourceFile.ts'
import type { Vec3 } from '../volume/volume.ts'
import { type Affine, applyAffine, type Matrix4, toMatrix4 } from './affine.ts'
import { type Alignment, alignDensity, type Freedom, type Samples } from './alignDensity.ts'
import { toField } from './field.ts'
import { type LungScan, toLungScan } from './lungScan.ts'

/** How a prior lies to the current scan. */
export interface Registration {
  /** Takes a point of the prior to the same place of the current scan, LPS mm. */
  readonly priorToCurrent: Matrix4
  readonly currentToPrior: Matrix4
  /** Dice's coefficient of both lungs, one laid on the other, where both scans have been measured; 0 … 1. */
  readonly overlap: number
}

interface Level {
  readonly sigmaMm: number
  readonly freedom: Freedom
  /** Every how manieth cell along an axis is compared. */
  readonly stride: number
}

/** From rough to fine. */
const START: Level = { sigmaMm: 12, freedom: 'rigid', stride: 3 }
const LEVELS: readonly Level[] = [
  { sigmaMm: 8, freedom: 'rigid', stride: 3 },
  { sigmaMm: 8, freedom: 'affine', stride: 2 },
  { sigmaMm: 4, freedom: 'affine', stride: 2 },
]
/** Cells about the lungs that are compared too: their border is what moves. */
const SHELL_MM = 8
/** Of the lungs in the scan that shows less of them, what must lie in the other too. */
const SMALLEST_SHARE = 0.6
/** Lungs that lie on each other less are not of one patient, or not found. */
const SMALLEST_OVERLAP = 0.8
const LABEL = 'Laying the prior on the current scan'

/**
 * Finds where a prior lies by the densities in and about the lungs: from their centre, tops and bottoms, rigid, then affine, from
 * rough to fine. Both scans may have any spacing, direction and extent, and either may show a part of the lungs.
 */
export function registerLungs(
  current: Scan,
  prior: Scan,
  onProgress: OnProgress = () => undefined,
): Result<Registration> {
  onProgress(LABEL, 0)
  const fixed = toLungScan(current)
  if (!fixed) return failure(describeNoLungs('current scan'))
  onProgress(LABEL, 0.2)
  const moving = toLungScan(prior)
  if (!moving) return failure(describeNoLungs('prior'))
  onProgress(LABEL, 0.4)
  let best = chooseStart(fixed, moving)
  LEVELS.forEach((level, n) => {
    onProgress(LABEL, 0.6 + (0.4 * n) / LEVELS.length)
    best = alignDensity(toSamples(fixed, level), toField(moving, level.sigmaMm), best.map, level.freedom)
  })
  const overlap = measureOverlap(fixed, moving, best.map)
  onProgress(LABEL, 1)
  if (best.overlap < toSmallestShare(fixed, moving) || overlap < SMALLEST_OVERLAP)
    return failure(describeMisfit(overlap))
  return success({ currentToPrior: toMatrix4(best.map), priorToCurrent: toMatrix4(invertAffine(best.map)), overlap })
}

/** A scan may hold the upper or the lower part of the lungs alone, so their tops or their bottoms are laid on each other too. */
function chooseStart(fixed: LungScan, moving: LungScan): Alignment {
  const samples = toSamples(fixed, START)
  const field = toField(moving, START.sigmaMm)
  const [here, there] = [measureLungs(fixed), measureLungs(moving)]
  const heights = [there.middle[2] - here.middle[2], there.top - here.top, there.bottom - here.bottom]
  const ends = heights.map((z) => {
    const shiftMm: Vec3 = [there.middle[0] - here.middle[0], there.middle[1] - here.middle[1], z]
    return alignDensity(samples, field, { rows: IDENTITY, shiftMm }, START.freedom)
  })
  const enough = ends.filter(({ overlap }) => overlap >= toSmallestShare(fixed, moving))
  return (enough.length > 0 ? enough : ends).reduce((best, end) => (end.cost < best.cost ? end : best))
}

const toSmallestShare = (fixed: LungScan, moving: LungScan): number =>
  SMALLEST_SHARE * Math.min(1, (moving.lungCells * moving.cellMm ** 3) / (fixed.lungCells * fixed.cellMm ** 3))

const IDENTITY = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
] as const

/** Middle of the lungs, and their lowest and highest cells, LPS mm. */
function measureLungs(scan: LungScan): { readonly middle: Vec3; readonly bottom: number; readonly top: number } {
  const { lung, size, lungCells } = scan
  const [nx, ny] = size
  const sum = [0, 0, 0]
  lung.forEach((one, at) => {
    if (!one) return
    sum[0] += at % nx
    sum[1] += Math.floor(at / nx) % ny
    sum[2] += Math.floor(at / (nx * ny))
  })
  const toZ = (at: number) => toPatientPoint(scan, [0, 0, Math.floor(at / (nx * ny))])[2]
  const middle = toPatientPoint(scan, sum.map((value) => value / lungCells) as unknown as Vec3)
  return { middle, bottom: toZ(lung.indexOf(1)), top: toZ(lung.lastIndexOf(1)) }
}

/** Cells in the lungs and in a shell about them. */
function toSamples(scan: LungScan, { sigmaMm, stride }: Level): Samples {
  const { hu } = toField(scan, sigmaMm)
  const near = isNear(scan)
  const [nx, ny, nz] = scan.size
  const points: number[] = []
  const values: number[] = []
  for (let z = 0; z < nz; z += stride)
    for (let y = 0; y < ny; y += stride)
      for (let x = 0; x < nx; x += stride) {
        const at = x + nx * (y + ny * z)
        if (!scan.isMeasured[at] || !near[at]) continue
        points.push(...toPatientPoint(scan, [x, y, z]))
        values.push(hu[at])
      }
  return { pointsLpsMm: Float64Array.from(points), hu: Float32Array.from(values) }
}

/** 1 in the lungs and up to the shell's thickness along each axis. */
function isNear({ lung, size: [nx, ny, nz], cellMm }: LungScan): Uint8Array {
  const reach = Math.round(SHELL_MM / cellMm)
  const strides = [1, nx, nx * ny]
  const counts = [nx, ny, nz]
  return [0, 1, 2].reduce((from, axis) => {
    const to = from.slice()
    for (let at = 0; at < from.length; at++) {
      if (!from[at]) continue
      const n = Math.floor(at / strides[axis]) % counts[axis]
      for (let d = Math.max(-reach, -n); d <= Math.min(reach, counts[axis] - 1 - n); d++) to[at + d * strides[axis]] = 1
    }
    return to
  }, lung)
}

function measureOverlap(fixed: LungScan, moving: LungScan, map: Affine): number {
  const [nx, ny] = fixed.size
  const [mx, my, mz] = moving.size
  let [here, there, both] = [0, 0, 0]
  for (let at = 0; at < fixed.lung.length; at++) {
    if (!fixed.isMeasured[at]) continue
    const cell: Vec3 = [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))]
    const point = applyAffine(map, toPatientPoint(fixed, cell))
    const [x, y, z] = point.map((mm, n) => Math.round((mm - moving.originLpsMm[n]) / moving.cellMm))
    if (x < 0 || y < 0 || z < 0 || x >= mx || y >= my || z >= mz) continue
    const to = x + mx * (y + my * z)
    if (!moving.isMeasured[to]) continue
    here += fixed.lung[at]
    there += moving.lung[to]
    both += fixed.lung[at] & moving.lung[to]
  }
  return here + there > 0 ? (2 * both) / (here + there) : 0
}

function invertAffine({ rows, shiftMm }: Affine): Affine {
  const columns = [0, 1, 2].map((n) => rows.map((row) => row[n])) as unknown as Affine['rows']
  const inverse = toGrid({ originLpsMm: [0, 0, 0], stepsLpsMm: columns }, [1, 1, 1]).rows
  const back = applyAffine({ rows: inverse, shiftMm: [0, 0, 0] }, shiftMm)
  return { rows: inverse, shiftMm: [-back[0], -back[1], -back[2]] }
}

const SCROLL_BY_OFFSET = 'Lock the scroll by an offset that you set.'

const describeNoLungs = (which: string): Problem => ({
  code: 'no-lungs-to-register',
  message: `No lungs were found in the ${which}, so the prior cannot be laid on the current scan.`,
  nextStep: SCROLL_BY_OFFSET,
})

const describeMisfit = (overlap: number): Problem => ({
  code: 'lungs-do-not-fit',
  message: `The lungs of the prior do not fit those of the current scan: they share ${Math.round(100 * overlap)} %, ${100 * SMALLEST_OVERLAP} % are needed.`,
  nextStep: SCROLL_BY_OFFSET,
})
