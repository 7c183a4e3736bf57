/** The DICOM instance, or one frame of it, that a source slice was read from. UIDs as the header writes them; null where it does not. */
export interface SourceSlice {
  readonly seriesUid: string | null
  readonly sopInstanceUid: string | null
  readonly sopClassUid: string | null
  readonly frameOfReferenceUid: string | null
  /** 1…n in a multi-frame instance, else null. */
  readonly frameNumber: number | null
  readonly instanceNumber: number | null
  /** Where its pixels lie in the patient, by its own header: the layers of a volume may lie elsewhere. */
  readonly place: SlicePlace
}

type Triple = readonly [number, number, number]

/** LPS mm. */
export interface SlicePlace {
  /** Centre of the first pixel. */
  readonly originLpsMm: Triple
  /** Unit vectors along a row and down a column. */
  readonly rowLps: Triple
  readonly columnLps: Triple
  /** Distance of rows, then of columns, as the header orders them. */
  readonly pixelSpacingMm: readonly [number, number]
}

/** What a report about the images copies of their header, as it is written there; an empty text where nothing is. */
export interface SourceHeader {
  /** PN in all its writings: `family^given=ideographic=phonetic`. */
  readonly patientName: string
  readonly patientId: string
  readonly birthDate: string
  readonly sex: string
  readonly studyDate: string
  readonly studyTime: string
  readonly studyId: string
  readonly studyDescription: string
  readonly accessionNumber: string
  readonly referringPhysician: string
}

/**
 * What the layers of a volume were read from. The UIDs name a patient's images: they stay in memory, go into what a person exports with
 * identity, and are never stored beside a salted `StudyKey`.
 */
export type SourceSlices =
  | {
      readonly kind: 'dicom'
      readonly studyUid: string | null
      readonly header: SourceHeader
      /** From the first layer to the last; each once, those that could not be read as well. */
      readonly slices: readonly SourceSlice[]
      /**
       * For every layer k the source slices it was made of, as indices of `slices`: one, two where it lies between them, the nearer
       * first; none where nothing was measured. In a straightened stack they lie shifted within the layer.
       */
      readonly layers: readonly (readonly number[])[]
      /** True where the layers are not the pixels of the slices: mixed from two, or shifted sideways. */
      readonly isResampled: boolean
    }
  | { readonly kind: 'none'; readonly reason: string }

const UNKNOWN: SourceSlices = { kind: 'none', reason: 'This scan was opened without its DICOM headers.' }

export const NIFTI_SOURCES: SourceSlices = {
  kind: 'none',
  reason: 'NIfTI holds no DICOM UIDs: nothing in it says which images of a study its voxels came from.',
}

export const PHANTOM_SOURCES: SourceSlices = {
  kind: 'none',
  reason: 'A phantom is computed from its seed: no DICOM image stands behind it.',
}

interface WithSources {
  readonly sources?: SourceSlices
}

export const sourcesOf = ({ sources }: WithSources): SourceSlices => sources ?? UNKNOWN

/** The source slices of a layer, the nearer first; empty where the volume has none, and outside of it. */
export function slicesOfLayer(volume: WithSources, k: number): readonly SourceSlice[] {
  const sources = sourcesOf(volume)
  if (sources.kind === 'none') return []
  return (sources.layers[k] ?? []).map((n) => sources.slices[n])
}

/** The frame of reference that all slices share; null where they do not, or name none. */
export function toFrameOfReferenceUid(volume: WithSources): string | null {
  const sources = sourcesOf(volume)
  if (sources.kind === 'none') return null
  const uids = new Set(sources.slices.map(({ frameOfReferenceUid }) => frameOfReferenceUid))
  return uids.size === 1 ? [...uids][0] : null
}

/** The Instance Number of the slice that a layer is; null where it lies between two, or is one frame of many. */
export function instanceNumberOfLayer(volume: WithSources, k: number): number | null {
  const slices = slicesOfLayer(volume, k)
  return slices.length === 1 && slices[0].frameNumber === null ? slices[0].instanceNumber : null
}
