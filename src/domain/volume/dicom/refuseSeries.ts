import type { Problem } from '../../../base/result.ts'
import { listNames } from '../problems.ts'
import type { SliceHeader } from './sliceHeader.ts'
import type { PlacedSlice } from './slicePlace.ts'

/** Fewer slices than this are pictures, not a volume. */
export const SMALLEST_STACK = 3

/** Codes of refusals that are normal in a study (other modalities, localisers): no notice while something else opens. */
export const EXPECTED_REFUSALS: ReadonlySet<string> = new Set(['not-ct', 'localiser', 'colour-images'])

/** Why a group of slices cannot become a CT volume, or null. `arranged` are those of the group that can be placed. */
export function refuseSeries(group: readonly SliceHeader[], arranged: readonly PlacedSlice[]): Problem | null {
  const [first] = group
  const names = listNames(group.map((slice) => slice.path))
  if (first.modality !== 'CT') return refuseModality(first, names)
  if (first.imageType.includes('LOCALIZER')) return refuseLocaliser(names)
  if ((first.format?.samplesPerPixel ?? 1) !== 1) return refuseColour(names)
  if (group.every((slice) => slice.pixelSpacingMm === null)) return refuseSpacing(names)
  if (arranged.length === 0) return refusePosition(names)
  return arranged.length < SMALLEST_STACK ? refuseFew(names, arranged.length) : null
}

const refuseModality = (first: SliceHeader, names: string): Problem => ({
  code: 'not-ct',
  message: `${first.modality || 'Unknown'} series ${first.seriesDescription || names}: VoxCT reads CT only.`,
  nextStep: 'Choose or drop a CT series of the chest.',
})

const refuseLocaliser = (names: string): Problem => ({
  code: 'localiser',
  message: `${names}: a localiser (scout), not a volume.`,
  nextStep: 'Choose or drop the axial series of the study.',
})

const refuseColour = (names: string): Problem => ({
  code: 'colour-images',
  message: `${names}: colour pictures (screenshots or a dose report), not CT numbers.`,
  nextStep: 'Choose or drop the original CT series.',
})

const refuseSpacing = (names: string): Problem => ({
  code: 'missing-pixel-spacing',
  message: `${names}: the header names no pixel spacing, so sizes and positions are unknown.`,
  nextStep: 'Export the series again with Pixel Spacing (0028,0030).',
})

const refusePosition = (names: string): Problem => ({
  code: 'missing-position',
  message: `${names}: the headers name no slice position or orientation, so the slices cannot be stacked.`,
  nextStep: 'Export the series again with Image Position and Orientation (0020,0032 and 0020,0037).',
})

const refuseFew = (names: string, count: number): Problem => ({
  code: 'too-few-slices',
  message: `${names}: ${count === 1 ? 'a single slice' : `only ${count} slices`}; a volume needs at least ${SMALLEST_STACK}.`,
  nextStep: 'Drop the whole folder of the series.',
})
