import type { Problem } from '../../base/result.ts'
import { isFlat } from '../volume/flatImage.ts'
import { toMissingShare } from '../volume/measuredLayers.ts'
import type { Volume } from '../volume/volume.ts'

/** Part of the layers that may be filled from their neighbours; with more the model would score what nobody measured. */
const LARGEST_MISSING_SHARE = 0.05

const countLayers = ({ missing, size }: Pick<Volume, 'missing' | 'size'>) =>
  `${missing.length} of ${size[2]} slices ${missing.length === 1 ? 'is' : 'are'} missing`

/** Why a model must not score a volume, or null. */
export function whyUnscored(volume: Pick<Volume, 'missing' | 'size'>): Problem | null {
  if (isFlat(volume.size)) return describeFlatUnscored(Math.min(...volume.size))
  const share = toMissingShare(volume)
  if (share <= LARGEST_MISSING_SHARE) return null
  return {
    code: 'too-much-missing',
    message: `${countLayers(volume)} (${(100 * share).toFixed(0)} %): the scan is shown, but neither scored nor compared.`,
    nextStep: 'Export the whole series again and open it; up to 5 % may be missing.',
  }
}

const describeFlatUnscored = (slices: number): Problem => ({
  code: 'flat-unscored',
  message: `${slices === 1 ? 'A single slice is' : `${slices} slices are`} a flat image: shown, but neither scored nor compared.`,
  nextStep: 'Drop the whole series to have it read by the model.',
})

/** Why a model that reads what is not air must not score a volume that is nothing else. */
export const AIR_ONLY: Problem = {
  code: 'air-unscored',
  message: 'There is nothing but air in this scan: it is shown, but neither scored nor compared.',
  nextStep: 'Check that the right series was opened, and that its values are Hounsfield units.',
}

/** What is done about missing layers before a model scores a volume, or null where none is missing. */
export function describeFilling(volume: Pick<Volume, 'missing' | 'size'>, title: string): Problem | null {
  if (volume.missing.length === 0) return null
  return {
    code: 'missing-slices-filled',
    message: `${title}: ${countLayers(volume)}; the views show them as missing, and the model’s input is filled between their neighbours.`,
    nextStep: 'Take scores of findings that may lie there with caution, or export the series again to have it whole.',
  }
}
