import { AIR_BELOW_HU, type CoarseBody } from './coarseBody.ts'

/** The air that a body encloses in axial layers (training/voxct/corpora/body_region.py measures the same). */
export interface LungMeasure {
  readonly litres: number
  /** Of the body in view, 0…1. */
  readonly shareOfBody: number
  /** HU; null without any. */
  readonly medianHu: number | null
  /** Share of the air on the emptier side of the body's middle, 0…0.5. */
  readonly smallerSide: number
  /** Share of the air about that middle, 0…1. */
  readonly middle: number
}

/** Paranasal sinuses and mastoid cells hold about 0.1 l, bowel gas seldom more than 0.5 l; adult lungs 2 l and more. */
const SMALLEST_LUNG_LITRES = 0.7
/** 6 % is left in a scan from the neck to the thighs. */
const SMALLEST_LUNG_SHARE = 0.03
/** A quarter in a chest, more in a slab through thin people's lungs; a hollow thing has more still. */
const LARGEST_LUNG_SHARE = 0.6
/** Emphysema of the worst kind ends near −960; gas and empty phantoms lie at −1000, foam and stool above −500. */
const LUNG_MEDIAN_HU = [-970, -500] as const
/** Even a lung alone reaches across the middle. */
const SMALLEST_SIDE = 0.04
/** Width about the middle, as a share of the body's: spine, heart and mediastinum lie there. */
const MIDDLE = 0.08
/** A hollow head has 0.10 and more there, lungs 0.00 to 0.05. */
const LARGEST_MIDDLE = 0.085

export function measureLungs({ hu, inside, size, cellMm }: CoarseBody): LungMeasure {
  const air = inside.map((one, at) => (one && hu[at] < AIR_BELOW_HU ? 1 : 0))
  const values = hu.filter((_, at) => air[at]).sort()
  const bodyCells = inside.reduce((sum, one) => sum + one, 0)
  return {
    litres: (values.length * cellMm[0] * cellMm[1] * cellMm[2]) / 1e6,
    shareOfBody: values.length / Math.max(bodyCells, 1),
    medianHu: values.length > 0 ? values[values.length >> 1] : null,
    ...placeSideways(air, inside, size),
  }
}

type Sideways = Pick<LungMeasure, 'smallerSide' | 'middle'>

/** Middle and width are each axial layer's own. */
function placeSideways(air: Uint8Array, inside: Uint8Array, [nx, ny, nz]: CoarseBody['size']): Sideways {
  let [right, left, middle, total] = [0, 0, 0, 0]
  for (let z = 0; z < nz; z++) {
    const bounds = findBounds(inside, z * nx * ny, nx, ny)
    if (!bounds) continue
    const [from, to] = bounds
    for (let x = from; x <= to; x++) {
      const cells = countColumn(air, z * nx * ny + x, nx, ny)
      const twiceFromMiddle = 2 * x - (from + to)
      total += cells
      if (twiceFromMiddle < 0) right += cells
      if (twiceFromMiddle > 0) left += cells
      if (Math.abs(twiceFromMiddle) < MIDDLE * (to - from + 1)) middle += cells
    }
  }
  return total === 0
    ? { smallerSide: 0, middle: 0 }
    : { smallerSide: Math.min(right, left) / total, middle: middle / total }
}

function countColumn(mask: Uint8Array, first: number, nx: number, ny: number): number {
  let cells = 0
  for (let y = 0; y < ny; y++) cells += mask[first + nx * y]
  return cells
}

/** First and last column of a layer that hold a cell of the mask, or null. */
function findBounds(mask: Uint8Array, start: number, nx: number, ny: number): readonly [number, number] | null {
  const columns = Array.from({ length: nx }, (_, x) => x).filter((x) => countColumn(mask, start + x, nx, ny) > 0)
  return columns.length > 0 ? [columns[0], columns[columns.length - 1]] : null
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** Why a body in view is no chest, as the end of a sentence; null where it is one. */
export function explainNoChest({ litres, shareOfBody, medianHu, smallerSide, middle }: LungMeasure): string | null {
  if (litres < SMALLEST_LUNG_LITRES || shareOfBody < SMALLEST_LUNG_SHARE)
    return `the body in view encloses ${litres.toFixed(2)} l of air (${percent(shareOfBody)} of it), a chest at least ${SMALLEST_LUNG_LITRES} l and ${100 * SMALLEST_LUNG_SHARE} %`
  if (shareOfBody > LARGEST_LUNG_SHARE) return `air fills ${percent(shareOfBody)} of the body in view: it is hollow`
  if (medianHu === null || medianHu <= LUNG_MEDIAN_HU[0] || medianHu >= LUNG_MEDIAN_HU[1])
    return `what it encloses has a median of ${medianHu} HU, lung lies between ${LUNG_MEDIAN_HU.join(' and ')}`
  if (smallerSide < SMALLEST_SIDE)
    return `only ${percent(smallerSide)} of the air lies on one of its sides, a chest has lung on both`
  if (middle > LARGEST_MIDDLE)
    return `${percent(middle)} of the air lies in its middle, where a chest has heart and spine`
  return null
}
