import type { DecodeFrame } from '../../domain/volume/dicom/decodeFrame.ts'
import type { PixelFormat } from '../../domain/volume/dicom/sliceHeader.ts'
import type { StoredPixels } from '../../domain/volume/dicom/storedToHu.ts'
import { initCornerstone } from '../cornerstone.ts'

/**
 * Decodes compressed slices with Cornerstone's codecs (RLE, JPEG, JPEG-LS, JPEG 2000, HTJ2K, JPEG XL) in its pool of
 * workers, one slice a call; calls may overlap. Its own rescaling is switched off, so that slope and intercept are
 * applied once, by `writeHu`. Rejects where there is no codec for the transfer syntax or the bytes are damaged.
 */
export const decodeSlices: DecodeFrame = async ({ bytes, transferSyntaxUid, format }) => {
  const { getWebWorkerManager } = await initCornerstone()
  const decoded: { pixelData: StoredPixels } = await getWebWorkerManager().executeTask(
    'dicomImageLoader',
    'decodeTask',
    {
      imageFrame: toImageFrame(format),
      transferSyntax: transferSyntaxUid,
      pixelData: bytes,
      options: WITHOUT_RESCALE,
    },
  )
  return decoded.pixelData
}

export const WITHOUT_RESCALE = { preScale: { enabled: false } } as const

/** A format as the codecs want it. */
export const toImageFrame = (format: PixelFormat) => ({
  rows: format.rows,
  columns: format.columns,
  bitsAllocated: format.bitsAllocated,
  bitsStored: format.bitsStored,
  pixelRepresentation: format.signed ? 1 : 0,
  samplesPerPixel: format.samplesPerPixel,
  photometricInterpretation: format.photometricInterpretation,
  planarConfiguration: format.planarConfiguration,
})
