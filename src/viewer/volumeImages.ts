import type { ImageVolume, Types } from '@cornerstonejs/core'
import { addScaled } from '../domain/geometry/vector.ts'
import type { Vec3, Volume } from '../domain/volume/volume.ts'
import type { Cornerstone } from './cornerstone.ts'
import { toSliceModules, toVolumeUids } from './sliceMetadata.ts'
import { type SliceTexture, SliceUpload, type TextureUpload } from './textureUpload.ts'

/** A volume inside Cornerstone's cache, ready to be given to viewports. */
export interface CornerstoneVolume {
  readonly displaySetId: string
  readonly upload: TextureUpload
  /**
   * Frees the cache entries and the texture, which belongs to the vtk.js window given (null where none was made).
   * Viewports must have let go of the volume before.
   */
  release(renderWindow: unknown): void
}

/** Slices made between two looks at the event loop; Cornerstone scans each for its extremes. */
const SLICES_A_TURN = 16

let volumesMade = 0
/** Image ids are used again after release: Cornerstone keeps the metadata of every id for ever. */
const takenSlots = new Set<number>()

function takeSlot(): number {
  let slot = 0
  while (takenSlots.has(slot)) slot++
  takenSlots.add(slot)
  return slot
}

const toPoint3 = ([x, y, z]: Vec3): Types.Point3 => [x, y, z]

function addSliceMetadata({ utilities }: Cornerstone, volume: Volume, k: number, imageId: string): void {
  for (const module of toSliceModules(volume, k)) utilities.genericMetadataProvider.add(imageId, module)
}

/** The slices share the memory of `volume.hu`; nothing is copied. */
function cacheSlice(
  cornerstone: Cornerstone,
  volume: Volume,
  k: number,
  imageId: string,
  frameOfReferenceUID: string,
): void {
  const [width, height] = volume.size
  const [rowAxis, columnAxis, sliceAxis] = volume.directionLps
  cornerstone.imageLoader.createAndCacheLocalImage(imageId, {
    scalarData: volume.hu.subarray(k * width * height, (k + 1) * width * height),
    dimensions: [width, height],
    spacing: [volume.spacingMm[0], volume.spacingMm[1]],
    origin: toPoint3(addScaled(volume.originLpsMm, sliceAxis, k * volume.spacingMm[2])),
    direction: [...rowAxis, ...columnAxis, ...sliceAxis],
    frameOfReferenceUID,
    targetBuffer: { type: 'Int16Array' },
  })
  addSliceMetadata(cornerstone, volume, k, imageId)
}

/** False when aborted. Gives the page a turn between batches. */
async function cacheSlices(
  cornerstone: Cornerstone,
  volume: Volume,
  imageIds: readonly string[],
  frameOfReferenceUID: string,
  signal: AbortSignal,
): Promise<boolean> {
  for (const [k, imageId] of imageIds.entries()) {
    if (k % SLICES_A_TURN === SLICES_A_TURN - 1) await new Promise((resume) => setTimeout(resume))
    if (signal.aborted) return false
    cacheSlice(cornerstone, volume, k, imageId, frameOfReferenceUID)
  }
  return true
}

function toCornerstoneMetadata(
  { size, spacingMm, directionLps }: Volume,
  { frameOfReferenceUid, seriesUid, studyUid }: ReturnType<typeof toVolumeUids>,
): Types.Metadata {
  return {
    BitsAllocated: 16,
    BitsStored: 16,
    SamplesPerPixel: 1,
    HighBit: 15,
    PhotometricInterpretation: 'MONOCHROME2',
    PixelRepresentation: 1,
    Modality: 'CT',
    ImageOrientationPatient: [...directionLps[0], ...directionLps[1]],
    PixelSpacing: [spacingMm[1], spacingMm[0]],
    FrameOfReferenceUID: frameOfReferenceUid,
    Columns: size[0],
    Rows: size[1],
    voiLut: [{ windowWidth: 1500, windowCenter: -600 }],
    VOILUTFunction: 'LINEAR',
    SeriesInstanceUID: seriesUid,
    ...(studyUid && { StudyInstanceUID: studyUid }),
  }
}

/**
 * Puts a volume into Cornerstone's cache. The volume is built from its own geometry rather than from slice metadata:
 * Cornerstone would turn round the slices of a left-handed volume and would refuse a single slice. Null when aborted.
 */
export async function cacheVolume(
  cornerstone: Cornerstone,
  volume: Volume,
  signal: AbortSignal,
): Promise<CornerstoneVolume | null> {
  const { cache, utilities } = cornerstone
  const slot = takeSlot()
  const volumeId = `voxct-volume-${volumesMade++}`
  const imageIds = Array.from({ length: volume.size[2] }, (_, k) => `voxct-slice-${slot}-${k}`)
  const uids = toVolumeUids(volume, volumeId)
  const areSlicesCached = await cacheSlices(cornerstone, volume, imageIds, uids.frameOfReferenceUid, signal)
  if (!areSlicesCached) {
    releaseSlices(cornerstone, imageIds, slot)
    return null
  }
  const cached = new cornerstone.ImageVolume({
    volumeId,
    imageIds,
    dataType: 'Int16Array',
    metadata: toCornerstoneMetadata(volume, uids),
    dimensions: toPoint3(volume.size),
    spacing: toPoint3(volume.spacingMm),
    origin: toPoint3(volume.originLpsMm),
    direction: [...volume.directionLps[0], ...volume.directionLps[1], ...volume.directionLps[2]],
  })
  cache.putVolumeSync(volumeId, cached)
  const displaySetId = `${volumeId}-display`
  utilities.genericViewportDisplaySetMetadataProvider.add(displaySetId, { imageIds, volumeId, kind: 'planar' })
  const release = (renderWindow: unknown) => {
    utilities.genericViewportDisplaySetMetadataProvider.remove(displaySetId)
    releaseVolume(cornerstone, cached, renderWindow)
    releaseSlices(cornerstone, imageIds, slot)
  }
  const upload = new SliceUpload(cached.vtkOpenGLTexture as unknown as SliceTexture, volumeId, imageIds.length)
  return { displaySetId, upload, release }
}

function releaseSlices({ cache }: Cornerstone, imageIds: readonly string[], slot: number): void {
  for (const imageId of imageIds) {
    if (cache.getImageLoadObject(imageId)) cache.removeImageLoadObject(imageId, { force: true })
  }
  takenSlots.delete(slot)
}

/** Frees a texture; vtk.js' own declaration leaves out the window without which it frees nothing. */
interface OwnedTexture {
  releaseGraphicsResources(renderWindow: unknown): void
  delete(): void
}

/** Not `ImageVolume.destroy`: it clears the voxels, which are the caller's own array. */
function releaseVolume({ cache }: Cornerstone, cached: ImageVolume, renderWindow: unknown): void {
  const texture = cached.vtkOpenGLTexture as unknown as OwnedTexture
  texture.releaseGraphicsResources(renderWindow)
  texture.delete()
  if (cache.getVolumeLoadObject(cached.volumeId)) cache.removeVolumeLoadObject(cached.volumeId)
}
