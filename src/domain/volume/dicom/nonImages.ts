/** DICOM objects without an image that is a slice, by SOP class (PS3.4 B.5), each as it is called in a sentence. */
const NAME_OF_SOP_CLASS: Readonly<Record<string, string>> = {
  '1.2.840.10008.5.1.4.1.1.66': 'raw data',
  '1.2.840.10008.5.1.4.1.1.66.1': 'a spatial registration',
  '1.2.840.10008.5.1.4.1.1.66.2': 'spatial fiducials',
  '1.2.840.10008.5.1.4.1.1.66.3': 'a deformable registration',
  '1.2.840.10008.5.1.4.1.1.66.5': 'a surface segmentation',
  '1.2.840.10008.5.1.4.1.1.67': 'a table of real-world values',
  '1.2.840.10008.5.1.4.1.1.88.59': 'a selection of key objects',
  '1.2.840.10008.5.1.4.1.1.88.67': 'a radiation dose report',
  '1.2.840.10008.5.1.4.1.1.104.1': 'a PDF document',
  '1.2.840.10008.5.1.4.1.1.104.2': 'a CDA document',
  '1.2.840.10008.5.1.4.1.1.104.3': 'an STL model',
  '1.2.840.10008.5.1.4.1.1.104.4': 'an OBJ model',
  '1.2.840.10008.5.1.4.1.1.104.5': 'a material of an OBJ model',
  '1.2.840.10008.5.1.4.1.1.481.4': 'a radiotherapy treatment record',
  '1.2.840.10008.5.1.4.1.1.481.5': 'a radiotherapy plan',
  '1.2.840.10008.5.1.4.1.1.481.6': 'a radiotherapy treatment record',
  '1.2.840.10008.5.1.4.1.1.481.7': 'a radiotherapy treatment record',
  '1.2.840.10008.5.1.4.1.1.481.8': 'a radiotherapy plan',
  '1.2.840.10008.5.1.4.1.1.481.9': 'a radiotherapy treatment record',
}

/** Families of SOP classes whose UIDs begin alike, the longer ones first. */
const NAME_OF_FAMILY: readonly (readonly [prefix: string, name: string])[] = [
  ['1.2.840.10008.5.1.4.1.1.9.1.', 'an electrocardiogram'],
  ['1.2.840.10008.5.1.4.1.1.9.4.', 'a sound recording'],
  ['1.2.840.10008.5.1.4.1.1.9.', 'a waveform'],
  ['1.2.840.10008.5.1.4.1.1.11.', 'a presentation state'],
  ['1.2.840.10008.5.1.4.1.1.88.', 'a structured report'],
  ['1.2.840.10008.5.1.4.38.', 'a hanging protocol'],
  ['1.2.840.10008.1.3.10', 'a DICOMDIR'],
]

/** For files that name no SOP class, or one that is not known. */
const NAME_OF_MODALITY: Readonly<Record<string, string>> = {
  SR: 'a structured report',
  RTSTRUCT: 'a radiotherapy structure set',
  RTPLAN: 'a radiotherapy plan',
  RTRECORD: 'a radiotherapy treatment record',
  PR: 'a presentation state',
  KO: 'a selection of key objects',
  DOC: 'a document',
  REG: 'a spatial registration',
  FID: 'spatial fiducials',
  ECG: 'an electrocardiogram',
  AU: 'a sound recording',
  M3D: 'a 3D model',
}

/** What a file without pixels is, or null where neither SOP class nor modality tells. */
export function nameNonImage(sopClassUid: string, modality: string): string | null {
  const family = NAME_OF_FAMILY.find(([prefix]) => sopClassUid.startsWith(prefix))
  return NAME_OF_SOP_CLASS[sopClassUid] ?? family?.[1] ?? NAME_OF_MODALITY[modality] ?? null
}
