import type { DataSet } from 'dicom-parser'
import type { StudyIdentity } from '../../study/studyIdentity.ts'
import type { SourceHeader } from '../sourceSlices.ts'
import { decodeText } from './decodeText.ts'

/** Patient and study as the header of a file names them (PS3.3 C.7.1–C.7.3); an empty element is null. */
export function readStudyIdentity(dataSet: DataSet): StudyIdentity {
  const text = (tag: string) => decodeText(dataSet, tag) || null
  const code = (tag: string) => dataSet.string(tag)?.trim() || null
  const seriesNumber = dataSet.intString('x00200011')
  return {
    patientName: toReadableName(decodeText(dataSet, 'x00100010')),
    patientId: text('x00100020'),
    birthDate: toDate(code('x00100030')),
    sex: toSex(code('x00100040')),
    age: code('x00101010'),
    studyDate: toDate(code('x00080020')),
    studyTime: code('x00080030'),
    accessionNumber: text('x00080050'),
    studyUid: code('x0020000d'),
    seriesUid: code('x0020000e'),
    seriesNumber: seriesNumber !== undefined && Number.isFinite(seriesNumber) ? seriesNumber : null,
    studyDescription: text('x00081030'),
    seriesDescription: text('x0008103e'),
    institution: text('x00080080'),
    modality: code('x00080060')?.toUpperCase() ?? null,
    protocolName: text('x00181030'),
    contrastAgent: text('x00180010'),
  }
}

/** The same as it is written, for a report about these images: nothing is made readable, or mended. */
export function readSourceHeader(dataSet: DataSet): SourceHeader {
  const text = (tag: string) => decodeText(dataSet, tag)
  return {
    patientName: text('x00100010'),
    patientId: text('x00100020'),
    birthDate: text('x00100030'),
    sex: text('x00100040'),
    studyDate: text('x00080020'),
    studyTime: text('x00080030'),
    studyId: text('x00200010'),
    studyDescription: text('x00081030'),
    accessionNumber: text('x00080050'),
    referringPhysician: text('x00080090'),
  }
}

/**
 * A person name (PS3.5 6.2.1.1, `family^given^middle^prefix^suffix` in up to three writings) for reading: "Doe, Jane
 * Marie, Jr". The alphabetic writing comes first; where it is empty the next one is taken. A title is left out.
 */
export function toReadableName(personName: string): string | null {
  const writing = personName.split('=').find((group) => /[^\s^]/.test(group))
  if (writing === undefined) return null
  const [family, given, middle, , suffix] = writing.split('^').map((part) => part.trim())
  const first = [given, middle].filter(Boolean).join(' ')
  return [family, first, suffix].filter(Boolean).join(', ')
}

/** Old files write dates with dots (ACR-NEMA: 1960.06.15). */
function toDate(date: string | null): string | null {
  const digits = date?.replaceAll('.', '') ?? ''
  return /^\d{8}$/.test(digits) ? digits : null
}

const toSex = (sex: string | null): StudyIdentity['sex'] => (sex === 'F' || sex === 'M' || sex === 'O' ? sex : null)
