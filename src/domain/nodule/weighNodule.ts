import { median } from './cells.ts'
import type { NoduleCut, Refusal } from './cutNodule.ts'
import { UNKNOWN, type WorkField } from './workField.ts'

/** HU of what a border parts. */
export interface Levels {
  readonly inHu: number
  readonly outHu: number
}

/** Lung about a nodule is read so far from it, mm, and so far from anything else that is dense. */
const SHELL_FROM_MM = 2
const SHELL_TO_MM = 6
const SHELL_APART_MM = 1.5
const LEAST_SHELL_MM3 = 15
const LEAST_INSIDE_MM3 = 4

/**
 * HU of the nodule where no border reaches, and of the lung around it: medians, which a vessel or two do not move.
 * `isOut`: parts of the nodule that are no measure of it, a solid core.
 */
export function readLevels(
  field: WorkField,
  cut: NoduleCut,
  sliceMm: number,
  isOut: ((at: number) => boolean) | null = null,
): Levels | Refusal {
  const cellMm3 = field.stepMm ** 3
  const inside: number[] = []
  const outside: number[] = []
  const deepest = Math.min(0.8 + 0.4 * sliceMm, 0.6 * cut.radiusMm)
  const apart = SHELL_FROM_MM + 0.3 * sliceMm
  for (let at = 0; at < field.hu.length; at++) {
    const away = cut.awayMm[at]
    if (away > SHELL_TO_MM || field.hu[at] === UNKNOWN) continue
    if (cut.nodule[at]) {
      if (cut.depthMm[at] >= deepest && !isOut?.(at)) inside.push(field.hu[at])
    } else if (away >= apart && cut.otherMm[at] >= SHELL_APART_MM && cut.depthMm[at] === 0) outside.push(field.hu[at])
  }
  if (inside.length * cellMm3 < LEAST_INSIDE_MM3)
    return { refusal: 'It is too small for these slices: no part of it is free of its border.' }
  if (outside.length * cellMm3 < LEAST_SHELL_MM3)
    return { refusal: 'There is too little lung around it to tell its border.' }
  return { inHu: median(inside), outHu: median(outside) }
}

/** How far the blur of a border reaches, mm. */
export const toBlurMm = (sliceMm: number): number => 1.3 + 0.5 * sliceMm

/**
 * Volume in mm³ by shares: within the blur of the border a cell counts by where its HU lie between lung and nodule, so the sum is the same
 * whatever the blur; deeper it counts in full. A cell nearer to something else is that one's; `isCapped`: what is denser than the nodule counts as full.
 */
export function weighNodule(
  field: WorkField,
  cut: NoduleCut,
  { inHu, outHu }: Levels,
  blurMm: number,
  isCapped: boolean,
  /** Least share of a cell: 0 where something less dense than the surroundings lies near, as lung does beside the glass about a core. */
  floor = Number.NEGATIVE_INFINITY,
): number | Refusal {
  let sum = 0
  for (let at = 0; at < field.hu.length; at++) {
    const away = cut.awayMm[at]
    if (away > blurMm || (away > 0 && cut.otherMm[at] <= away)) continue
    if (field.hu[at] === UNKNOWN) return { refusal: 'It is cut off by the edge of the scan or by missing slices.' }
    const lung = cut.lungShare ? cut.lungShare[at] : 1
    const share = (field.hu[at] - outHu) / (inHu - outHu)
    const isDeep = cut.nodule[at] === 1 && cut.depthMm[at] >= blurMm
    sum += lung * (isDeep ? 1 : isCapped ? Math.min(1, Math.max(floor, share)) : share)
  }
  return sum * field.stepMm ** 3
}

/** What lies about a border: see `readHalo`. */
export interface Halo {
  /** Density outside of the border as a share of the nodule's, added up over the distance, by what the border's own slope tells of its blur. */
  readonly ratio: number
  /** HU 1 to 1.75 mm outside of the border. */
  readonly ringHu: number
}

/**
 * Tells a solid border from one with ground glass around: a blur leaves less density outside the steeper the border is. From the mean of
 * HU by distance from the border along the slices, where the blur is least. Of a Gaussian blur on a plane the ratio is 1; a small ball's is
 * 2 to 4 (`npm run measure:nodule`), that of a core in glass of 2 mm and more is above 5.
 */
export function readHalo(field: WorkField, cut: NoduleCut, { inHu, outHu }: Levels): Halo {
  const means = toProfile(field, cut).map((hu) => (hu - outHu) / (inHu - outHu))
  const outside = means.slice(ZERO)
  const sumMm = outside.reduce((sum, share) => sum + Math.max(0, share) * BIN_MM, 0)
  const slope = Math.max(...means.slice(0, -2).map((share, n) => (share - means[n + 2]) / (2 * BIN_MM)))
  const ring = outside.slice(1 / BIN_MM, 1.75 / BIN_MM)
  const ringHu = outHu + ((inHu - outHu) * ring.reduce((a, b) => a + b, 0)) / ring.length
  return { ratio: (sumMm * slope * Math.sqrt(2 * Math.PI)) / 0.4, ringHu }
}

const BIN_MM = 0.25
const IN_MM = 1
const OUT_MM = 3.5
const ZERO = IN_MM / BIN_MM
const BINS = ZERO + OUT_MM / BIN_MM
const LEAST_CELLS = 4

/** Mean HU by distance from the border, from 1 mm inside on, of what lies at the height of the nodule's middle and free of all else. */
function toProfile(field: WorkField, cut: NoduleCut): number[] {
  const bins = Array.from({ length: BINS }, () => ({ sum: 0, count: 0 }))
  const [nx, ny] = field.size
  const toPlace = (at: number) => [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))]
  const [ci, cj, ck] = toPlace(cut.center)
  for (let at = 0; at < field.hu.length; at++) {
    const away = cut.nodule[at] ? -cut.depthMm[at] : cut.awayMm[at] - field.stepMm / 2
    if (away < -IN_MM || away > OUT_MM || field.hu[at] === UNKNOWN || cut.otherMm[at] < cut.awayMm[at] + 1) continue
    if (cut.lungShare && cut.lungShare[at] < 1) continue
    const [i, j, k] = toPlace(at)
    if (Math.abs(k - ck) > 0.5 * Math.hypot(i - ci, j - cj, k - ck)) continue
    const bin = bins[Math.floor((away + IN_MM) / BIN_MM)]
    if (!bin) continue
    bin.sum += field.hu[at]
    bin.count++
  }
  let last = 0
  return bins.map(({ sum, count }) => {
    if (count >= LEAST_CELLS) last = sum / count
    return last
  })
}
