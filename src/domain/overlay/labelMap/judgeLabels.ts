import type { LabelNote } from './labelNote.ts'

/** What a scan of so few different whole numbers, none of them negative, would be, nobody can read. */
const FEW_LABELS = 32
/** A scan in 8 bits has no more numbers than this. */
const BYTE_VALUES = 256

/** Words in paths by which label maps are told from their scans (nnU-Net, TotalSegmentator, BIDS, MONAI, 3D Slicer). */
const NAMED =
  /(^|[^a-z])(d?seg|segs|segmentations?|label|labels|labelmap|masks?|lungmask|lobes?|roi|rois|gt|annotations?|parcellation)([^a-z]|$)/i

/** What is known of a file whose voxels are whole numbers from 0 on. */
export interface LabelSigns {
  readonly path: string
  /** The header calls them labels. */
  readonly isNamedLabels: boolean
  /** The header says how the file lies in the patient. */
  readonly isPlaced: boolean
  /** Different numbers but 0. */
  readonly count: number
  /** Some voxels are 0. */
  readonly hasBackground: boolean
}

/**
 * Whether such a file is a label map: by its header, its name, or by how few numbers it has, of which a CT in HU would have hundreds, half of
 * them negative. One that has no background is a scan, as a block of water is, unless it is named. Null: it is a scan for all that is known.
 * One that does not say how it lies is never laid over a scan unasked.
 */
export function judgeLabels({
  path,
  isNamedLabels,
  isPlaced,
  count,
  hasBackground,
}: LabelSigns): LabelNote['certainty'] | null {
  const isNamed = isNamedLabels || NAMED.test(path)
  const isLikeLabels = count > 0 && count < BYTE_VALUES && hasBackground
  if (!isNamed && !isLikeLabels) return null
  return isPlaced && (isNamed || count <= FEW_LABELS) ? 'sure' : 'doubtful'
}
