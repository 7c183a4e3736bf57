import type { LabelNote } from '../overlay/labelMap/labelNote.ts'
import type { StudyIdentity } from '../study/studyIdentity.ts'
import type { Vec3, VolumeGeometry } from './volume.ts'

/** What is known of a series before its pixels are decoded; small and serialisable. */
export interface SeriesSummary {
  /** Of the entry in the list, not of the study: unique within a drop, a salted hash that names neither patient nor file. */
  readonly id: string
  /** Null where the format names nobody. */
  readonly identity: StudyIdentity | null
  /** Name of its row in `formats.ts`, or `phantom`. */
  readonly format: string
  /** What to call it in a list: the modality, else the format. */
  readonly kind: string
  /** Series description, file name or case title. */
  readonly title: string
  readonly sliceCount: number
  /** i, j, k spacing in mm and voxels, where the headers say so. */
  readonly spacingMm: Vec3 | null
  readonly size: Vec3 | null
  /** Convolution kernel as its header names it; null where none does. */
  readonly kernel: string | null
  /** Higher is better for reading a chest; ≤ 0 means that it cannot be opened. */
  readonly chestScore: number
  /** One sentence: why this series is (not) the one to read. */
  readonly reason: string
  /** Where its voxels lie, by a frame of reference that all its images name: places in it are those of other series that name it. */
  readonly place?: { readonly frameOfReferenceUid: string; readonly geometry: VolumeGeometry }
  /** Its voxels are labels rather than HU, or may be: it is laid over a scan. */
  readonly labels?: LabelNote
}
