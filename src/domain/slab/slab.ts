/** What a slab shows of the voxels that lie behind one another: the largest, the smallest, or their mean. */
export type SlabMode = 'mip' | 'minip' | 'average'

export const SLAB_MODES: readonly SlabMode[] = ['mip', 'minip', 'average']

/** A view through a thickness of the patient, half of it on either side of the view's plane. */
export interface Slab {
  readonly mode: SlabMode
  readonly thicknessMm: number
}

/** As radiologists write it; the mode also as it is said. */
export const SLAB_NAMES: Readonly<Record<SlabMode, { readonly title: string; readonly words: readonly string[] }>> = {
  mip: { title: 'MIP', words: ['mip', 'maximum', 'maximum intensity'] },
  minip: { title: 'MinIP', words: ['minip', 'min ip', 'minimum', 'minimum intensity'] },
  average: { title: 'Average', words: ['average', 'mean', 'thick slice'] },
}

/** A slab thinner than this is hardly more than a slice; one thicker than that is the whole chest. */
export const LEAST_SLAB_MM = 1
export const MOST_SLAB_MM = 200

/** What is usual for nodules, and what a slab begins with. */
export const DEFAULT_SLAB: Slab = { mode: 'mip', thicknessMm: 10 }

/** A thickness within the bounds, to tenths of a millimetre. */
export const toSlabMm = (mm: number): number =>
  Math.min(MOST_SLAB_MM, Math.max(LEAST_SLAB_MM, Math.round(mm * 10) / 10))

/** Thickness below which one step adds so much; steps grow with the thickness so that both 3 and 80 mm are near. */
const STEPS_MM = [
  { below: 10, stepMm: 1 },
  { below: 30, stepMm: 2 },
  { below: Number.POSITIVE_INFINITY, stepMm: 5 },
]

/** One step thicker or thinner, on whole steps; null where that is thinner than a slab can be. */
function toNextMm(mm: number, direction: 1 | -1): number | null {
  const { stepMm } = STEPS_MM.find(({ below }) => (direction > 0 ? mm < below : mm <= below))!
  const next = direction > 0 ? (Math.floor(mm / stepMm) + 1) * stepMm : (Math.ceil(mm / stepMm) - 1) * stepMm
  return next < LEAST_SLAB_MM ? null : toSlabMm(next)
}

/** Thickness after a number of steps, negative ones thinner; null: no slab any more. From null, upwards, with the least. */
export function toSteppedMm(mm: number | null, steps: number): number | null {
  let stepped = mm
  for (let n = 0; n < Math.abs(steps); n++) {
    if (stepped === null) stepped = steps > 0 ? LEAST_SLAB_MM : null
    else stepped = toNextMm(stepped, steps > 0 ? 1 : -1)
  }
  return stepped
}

/** All thicknesses that steps lead to. */
export const SLAB_STEPS_MM: readonly number[] = Array.from({ length: MOST_SLAB_MM }, (_, n) => n + 1).filter(
  (mm, n, all) => n === 0 || all.slice(0, n).some((before) => toNextMm(before, 1) === mm),
)

/** "MIP 10 mm". */
export const formatSlab = ({ mode, thicknessMm }: Slab): string => `${SLAB_NAMES[mode].title} ${thicknessMm} mm`
