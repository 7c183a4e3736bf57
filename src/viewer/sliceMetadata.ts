import { slicesOfLayer, sourcesOf, toFrameOfReferenceUid } from '../domain/volume/sourceSlices.ts'
import type { Volume } from '../domain/volume/volume.ts'

/** A module of metadata under Cornerstone's name for it. */
export interface MetadataModule {
  readonly type: string
  readonly metadata: object
}

/**
 * What Cornerstone is told of layer k: its true UIDs, of a layer between two slices those of the nearer one. Where there are none they are
 * undefined, and told so: image ids are used again, and must not keep those of another patient's volume.
 */
export function toSliceModules(volume: Volume, k: number): MetadataModule[] {
  const sources = sourcesOf(volume)
  const [source] = slicesOfLayer(volume, k)
  const general = {
    modality: 'CT',
    studyInstanceUID: (sources.kind === 'dicom' && sources.studyUid) || undefined,
    seriesInstanceUID: source?.seriesUid ?? undefined,
  }
  const instance = {
    sopInstanceUID: source?.sopInstanceUid ?? undefined,
    sopClassUID: source?.sopClassUid ?? undefined,
    frameNumber: source?.frameNumber ?? undefined,
  }
  return [
    { type: 'generalSeriesModule', metadata: general },
    { type: 'sopCommonModule', metadata: instance },
    {
      type: 'generalImageModule',
      metadata: { sopInstanceUID: instance.sopInstanceUID, instanceNumber: source?.instanceNumber ?? undefined },
    },
    { type: 'modalityLutModule', metadata: { rescaleSlope: 1, rescaleIntercept: 0, modality: 'CT' } },
    // Without a window here Cornerstone would load the middle slice again through an image loader that does not exist.
    { type: 'voiLutModule', metadata: { windowWidth: 1500, windowCenter: -600 } },
  ]
}

/** Ids of the whole volume: those of its headers, else the volume's own name on this page. */
export function toVolumeUids(volume: Volume, volumeId: string) {
  const sources = sourcesOf(volume)
  const [first] = sources.kind === 'dicom' ? sources.slices : []
  return {
    frameOfReferenceUid: toFrameOfReferenceUid(volume) ?? volumeId,
    seriesUid: first?.seriesUid ?? volumeId,
    studyUid: sources.kind === 'dicom' ? sources.studyUid : null,
  }
}
