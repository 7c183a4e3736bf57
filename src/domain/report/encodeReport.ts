import type { Item } from './contentItem.ts'

const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1'
/** Names the program that wrote a file (PS3.10 7.1). */
const IMPLEMENTATION_UID = '2.25.226389013406894170943183527519823452217'

/**
 * A data set by keyword as a DICOM file in explicit VR little endian, text in UTF-8 (ISO_IR 192). dcmjs, which has the dictionary, comes
 * with the first report.
 */
export async function encodeReport(report: Item): Promise<Uint8Array<ArrayBuffer>> {
  const {
    default: { data },
  } = await import('dcmjs')
  const { DicomDict, DicomMetaDictionary } = data
  const file = new DicomDict(
    DicomMetaDictionary.denaturalizeDataset({
      FileMetaInformationVersion: new Uint8Array([0, 1]).buffer,
      MediaStorageSOPClassUID: report.SOPClassUID,
      MediaStorageSOPInstanceUID: report.SOPInstanceUID,
      TransferSyntaxUID: EXPLICIT_LITTLE_ENDIAN,
      ImplementationClassUID: IMPLEMENTATION_UID,
      ImplementationVersionName: 'VOXCT',
    }),
  )
  file.dict = DicomMetaDictionary.denaturalizeDataset(report)
  return new Uint8Array(file.write())
}

/** A UID of a random UUID (PS3.5 B.2). */
export function createUid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 0x0f) | 0x40
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `2.25.${BigInt(`0x${hex}`)}`
}
