import type { SeriesSummary } from '../volume/series.ts'
import type { Vec3 } from '../volume/volume.ts'
import type { StudyIdentity } from './studyIdentity.ts'

/** A study whose volume has been opened: what every screen needs of it. */
export interface OpenStudy {
  /** Id of the volume and of everything that is said, measured or decided about it. */
  readonly id: string
  /** Salted hash of geometry and voxels; null for a phantom, which its seed names. */
  readonly content: string | null
  readonly title: string
  readonly format: SeriesSummary['format']
  readonly size: Vec3
  readonly spacingMm: Vec3
  /** Where it came from: kind and number of slices, or that it is a phantom. */
  readonly origin: string
  /** Key in the list of series that it was opened from; null where it came from elsewhere. */
  readonly seriesId: string | null
  /** Who and what it is by its headers; null where the format does not tell. */
  readonly identity: StudyIdentity | null
  /** Free text on a phantom's ground truth, shown on request only. */
  readonly groundTruth: string | null
}

/** A place on screen while something was said. */
export interface StudyPlace {
  readonly orientation: 'axial' | 'sagittal' | 'coronal'
  /** As its view counts slices (domain/geometry/sliceStack.ts); null on a turned plane, and where it was kept by a version that counted otherwise. */
  readonly sliceNumber: number | null
  readonly pointLpsMm: Vec3
  /** The study whose view it was, where that was not the one being read. */
  readonly studyId?: string
}
