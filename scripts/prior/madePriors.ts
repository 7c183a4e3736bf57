import type { PhantomCase } from '../../phantom/phantomCase.ts'
import { type Displacement, follow, makePrior, toBreath, toLandmarks, toMotion } from '../../phantom/priors.fixture.ts'
import { renderPhantom } from '../../phantom/renderPhantom.ts'
import { toCentreLpsMm, toPatientPoint, toVolumeGrid } from '../../src/domain/geometry/grid.ts'
import { toLungScan } from '../../src/domain/registration/lungScan.ts'
import type { Vec3, Volume, VolumeGeometry } from '../../src/domain/volume/volume.ts'

/** A prior whose every point is known. */
export interface MadePrior {
  readonly kind: string
  readonly prior: Volume
  readonly toPrior: Displacement
}

const TURN: Vec3 = [4, -3, 9]
const SHIFT: Vec3 = [18, -12, 35]

/** The same extent with another spacing; `keep`: which part of the height, from the foot up. */
function reGrid(
  { size, spacingMm, originLpsMm, directionLps }: Volume,
  spacing: Vec3,
  keep: readonly [number, number],
  shift: Vec3,
): VolumeGeometry {
  const height = size[2] * spacingMm[2]
  const counts = size.map((count, n) =>
    Math.round((count * spacingMm[n] * (n === 2 ? keep[1] - keep[0] : 1)) / spacing[n]),
  )
  const from = originLpsMm[2] + keep[0] * height
  return {
    size: counts as unknown as Vec3,
    spacingMm: spacing,
    originLpsMm: [originLpsMm[0] + shift[0], originLpsMm[1] + shift[1], from + shift[2]],
    directionLps,
  }
}

const toMoved = (scan: Volume) => toMotion(TURN, SHIFT, toCentreLpsMm(toVolumeGrid(scan)))

/** Bottom and top of points, mm. */
function toHeights(points: readonly Vec3[]): readonly [number, number] {
  const heights = points.map(([, , z]) => z).sort((a, b) => a - b)
  return [heights[0], heights[heights.length - 1]]
}

function* toCommonPriors(scan: Volume, points: readonly Vec3[]): Generator<MadePrior> {
  const moved = toMoved(scan)
  const thin: Vec3 = [1.5, 1.5, 2]
  const crop = { geometry: reGrid(scan, thin, [0.25, 1], SHIFT), layers: 1 }
  yield { kind: 'turned, shifted, cropped', prior: makePrior(scan, moved, crop), toPrior: moved }
  const thick = { geometry: reGrid(scan, [1.4, 1.4, 5], [0, 1], SHIFT), layers: 3 }
  yield { kind: 'turned, shifted, 5 mm', prior: makePrior(scan, moved, thick), toPrior: moved }
  const breath = toBreath(...toHeights(points))
  const same = { geometry: reGrid(scan, thin, [0, 1], [0, 0, 0]), layers: 1 }
  yield { kind: 'breath', prior: makePrior(scan, breath, same), toPrior: breath }
  const both = follow(moved, breath)
  yield { kind: 'breath, turned, shifted, 5 mm', prior: makePrior(scan, both, thick), toPrior: both }
}

export function* toPhantomPriors(phantom: PhantomCase, scan: Volume): Generator<MadePrior> {
  yield* toCommonPriors(scan, toLandmarks(phantom))
  yield toOtherScanner(phantom, scan)
}

/** Drawn again on the grid and with the noise of another scanner, and laid elsewhere by its header alone. */
function toOtherScanner(phantom: PhantomCase, scan: Volume): MadePrior {
  const geometry = reGrid(scan, [1.6, 1.6, 5], [0, 1], [0, 0, 0])
  const { hu } = renderPhantom(phantom, geometry, { edgeMm: 3.2, noiseGain: 1.5, noiseBlur: 0.8, slab: true })
  const toPrior = toMoved(scan)
  const origin = toPrior.there([0, 0, 0])
  const turn = (v: Vec3): Vec3 => toPrior.there(v).map((mm, n) => mm - origin[n]) as unknown as Vec3
  const [i, j, k] = geometry.directionLps
  const laid = { originLpsMm: toPrior.there(geometry.originLpsMm), directionLps: [turn(i), turn(j), turn(k)] as const }
  return { kind: 'other scanner, 5 mm, oblique', prior: { ...scan, ...geometry, ...laid, hu }, toPrior }
}

export const toScanPriors = (scan: Volume): Generator<MadePrior> => toCommonPriors(scan, toLungPoints(scan))

const EVERY = 301

/** Places spread over the lungs. */
export function toLungPoints(scan: Volume): Vec3[] {
  const found = toLungScan(scan)
  if (!found) return []
  const [nx, ny] = found.size
  const inLung = Array.from(found.lung.keys()).filter((at) => found.lung[at])
  return inLung
    .filter((_, n) => n % EVERY === 0)
    .map((at) => toPatientPoint(found, [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))]))
}
