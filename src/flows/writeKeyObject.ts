import { failure, type Result, success } from '../base/result.ts'
import type { KeyImage } from '../domain/keyImage/keyImage.ts'
import { createUid, encodeReport } from '../domain/report/encodeReport.ts'
import { toKeyObject } from '../domain/report/keyObject.ts'
import { whyNoReport } from '../domain/report/toReport.ts'
import type { Volume } from '../domain/volume/volume.ts'
import { toExportName } from './exportReading.ts'
import type { NamedReport } from './writeReport.ts'

/** Key images as a DICOM file. It names the patient, as any object of the study does; the file's name names nobody. */
export async function writeKeyObject(
  studyId: string,
  volume: Volume,
  images: readonly KeyImage[],
  version: string,
): Promise<Result<NamedReport>> {
  const reason = whyNoReport(volume)
  if (reason !== null)
    return failure({
      code: 'no-key-object',
      message: `The key images cannot be saved as a DICOM key object selection. ${reason}`,
      nextStep: 'Save them as pictures, or copy them as text with the measures.',
    })
  const now = new Date()
  const bytes = await encodeReport(toKeyObject({ volume, images, version, now, newUid: createUid }))
  return success({ fileName: toExportName(studyId, now).replace('.json', '-key-images.dcm'), bytes })
}
