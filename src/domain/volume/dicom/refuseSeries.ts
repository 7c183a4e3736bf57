import type { Problem } from '../../../base/result.ts'
import { SMALLEST_STACK } from '../flatImage.ts'
import { listNames, withFiles } from '../problems.ts'
import type { SliceHeader } from './sliceHeader.ts'
import { isPlaced, type PlacedSlice, toPlaceMm } from './slicePlace.ts'

export { SMALLEST_STACK }

/** 2 GB as HU: a whole body in slices of half a millimetre. */
const LARGEST_VOXELS = 2 ** 30

/** Slices nearer than this lie at one place. */
const SAME_PLACE_MM = 0.01

/** Codes of refusals that are normal in a study (other modalities, localisers): no notice while something else opens. */
export const EXPECTED_REFUSALS: ReadonlySet<string> = new Set(['not-ct', 'localiser', 'colour-images'])

/** Why a group of slices cannot become a CT volume, or null. `arranged` are those of the group that can be placed. */
export function refuseSeries(group: readonly SliceHeader[], arranged: readonly PlacedSlice[]): Problem | null {
  const paths = group.map((slice) => slice.path)
  const refusal = findRefusal(group, arranged, listNames(paths))
  return refusal && withFiles(refusal, paths)
}

function findRefusal(group: readonly SliceHeader[], arranged: readonly PlacedSlice[], names: string): Problem | null {
  const [first] = group
  if (first.modality !== 'CT') return refuseModality(first, names)
  if (first.imageType.includes('LOCALIZER')) return refuseLocaliser(names)
  if (2 * group.filter(isColour).length > group.length) return refuseColour(names)
  if (group.every((slice) => slice.pixelSpacingMm === null)) return refuseSpacing(names)
  if (arranged.length === 0) return refusePosition(names)
  if (arranged.length === 1 && group.length > 1) return refuseOnePlace(group, arranged[0], names)
  return countVoxels(arranged) > LARGEST_VOXELS ? refuseSize(arranged[0], arranged.length, names) : null
}

/** One header that says so among others fails by itself. */
const isColour = ({ format }: SliceHeader): boolean => (format?.samplesPerPixel ?? 1) !== 1

const countVoxels = (slices: readonly PlacedSlice[]): number =>
  slices[0].format.columns * slices[0].format.rows * slices.length

/** Several slices of which one is left: all lie where it lies, or their file says where the first frame lies only. */
function refuseOnePlace(group: readonly SliceHeader[], left: PlacedSlice, names: string): Problem | null {
  const placed = group.filter(isPlaced)
  if (placed.length < 2 || placed.some((slice) => Math.abs(toPlaceMm(slice) - toPlaceMm(left)) > SAME_PLACE_MM))
    return null
  const isOneFile = left.frameCount > 1 && placed.every((slice) => slice.path === left.path)
  return isOneFile ? refuseFrames(left) : refusePlace(names, toPlaceMm(left))
}

const refuseModality = (first: SliceHeader, names: string): Problem => ({
  code: 'not-ct',
  message: `${names}: of modality ${first.modality || 'unknown'} (${first.seriesDescription || 'without a name'}); VoxCT reads CT only.`,
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
  message: `${names}: the header names no possible pixel spacing, so sizes and positions are unknown.`,
  nextStep: 'Export the series again with Pixel Spacing (0028,0030).',
})

const refusePosition = (names: string): Problem => ({
  code: 'missing-position',
  message: `${names}: the headers name no slice position or orientation, so the slices cannot be stacked.`,
  nextStep: 'Export the series again with Image Position and Orientation (0020,0032 and 0020,0037).',
})

const refuseFrames = ({ path, frameCount }: PlacedSlice): Problem => ({
  code: 'multi-frame-without-places',
  message: `${path}: ${frameCount} frames in one file, and its header says where the first lies only, so they cannot be stacked.`,
  nextStep: 'Export the series as single slices, or as enhanced CT with the position of every frame.',
})

const refusePlace = (names: string, placeMm: number): Problem => ({
  code: 'slices-at-one-place',
  message: `${names}: all slices lie at one place (${placeMm.toFixed(1)} mm), so they are no volume.`,
  nextStep: 'Export the series again with the position of every slice, or drop one of the slices by itself.',
})

const refuseSize = ({ format }: PlacedSlice, count: number, names: string): Problem => ({
  code: 'out-of-memory',
  message: `${names}: ${format.columns} × ${format.rows} × ${count} voxels are more than a browser's memory holds.`,
  nextStep: 'Open a series with fewer slices, or export it with fewer pixels.',
})
