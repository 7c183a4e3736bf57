import type { SliceStack } from '../../geometry/sliceStack.ts'
import { AIR_BELOW_HU, type CoarseBody } from './coarseBody.ts'

/** How high something lies: LPS z in mm, the upper end and the lower one. */
export interface Span {
  readonly topMm: number
  readonly bottomMm: number
}

/** Layers with less air than this share of the fullest are apex, sinus or bowel. */
const LEAST_SHARE = 0.1

/** Air that the body encloses, by axial layer from the feet up. */
function countAir({ hu, inside, size: [nx, ny, nz] }: CoarseBody): number[] {
  const layers = new Array<number>(nz).fill(0)
  for (let at = 0; at < hu.length; at++) if (inside[at] && hu[at] < AIR_BELOW_HU) layers[Math.floor(at / (nx * ny))]++
  return layers
}

/** From the lungs' bases to their apices: the run of airy layers about the fullest. Null where the body encloses no air. */
export function findLungSpan(body: CoarseBody): Span | null {
  const layers = countAir(body)
  const most = layers.reduce((largest, count) => Math.max(largest, count), 0)
  if (most === 0) return null
  const isAiry = (layer: number) => layers[layer] >= LEAST_SHARE * most
  let lowest = layers.indexOf(most)
  let highest = lowest
  while (lowest > 0 && isAiry(lowest - 1)) lowest--
  while (highest + 1 < layers.length && isAiry(highest + 1)) highest++
  const { originLpsMm, stepsLpsMm } = body
  const toMm = (layer: number) => originLpsMm[2] + layer * stepsLpsMm[2][2]
  return { topMm: toMm(highest), bottomMm: toMm(lowest) }
}

/** The whole of a scan, where nobody has looked for its lungs; `axial` is numbered from the head down. */
export const toScanSpan = ({ firstMm, stepMm, count }: SliceStack): Span => ({
  topMm: -firstMm,
  bottomMm: -(firstMm + stepMm * (count - 1)),
})

/** The height in one chest that lies as far between apex and base as `zMm` in another; beyond the lungs it goes on in the same measure. */
export function toSameHeight(zMm: number, from: Span, to: Span): number {
  const length = from.topMm - from.bottomMm
  if (length <= 0) return (to.topMm + to.bottomMm) / 2
  return to.topMm - ((from.topMm - zMm) / length) * (to.topMm - to.bottomMm)
}
