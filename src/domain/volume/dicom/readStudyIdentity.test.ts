import { expect, test } from 'vitest'
import type { DicomElements } from '../testing/dicomBytes.ts'
import { openVolumeForTest } from '../testing/openForTest.ts'
import { toFile, writeSyntheticSeries } from '../testing/syntheticDicom.ts'
import { writeSyntheticNifti } from '../testing/syntheticNifti.ts'
import { toReadableName } from './readStudyIdentity.ts'

const FULL: DicomElements = {
  '00080020': ['DA', '20240615'],
  '00080030': ['TM', '101512.25'],
  '00080050': ['SH', 'A-4711'],
  '00080080': ['LO', 'St Elsewhere'],
  '00081030': ['LO', 'CT Thorax'],
  '00100010': ['PN', 'Doe^Jane^Marie'],
  '00100020': ['LO', 'P-17 '],
  '00100030': ['DA', '1960.06.15'],
  '00100040': ['CS', 'F'],
  '00101010': ['AS', '063Y'],
  '0020000d': ['UI', '1.7'],
  '00200011': ['IS', '3'],
}
const identityOf = async (elements: DicomElements) =>
  (await openVolumeForTest(writeSyntheticSeries(3, { elements }))).identity

test('patient, study and series are kept as the header names them', async () => {
  expect(await identityOf(FULL)).toEqual({
    patientName: 'Doe, Jane Marie',
    patientId: 'P-17',
    birthDate: '19600615',
    sex: 'F',
    age: '063Y',
    studyDate: '20240615',
    studyTime: '101512.25',
    accessionNumber: 'A-4711',
    studyUid: '1.7',
    seriesUid: '1.2.3.4',
    seriesNumber: 3,
    studyDescription: 'CT Thorax',
    seriesDescription: 'Chest 1.0',
    institution: 'St Elsewhere',
    modality: 'CT',
    protocolName: null,
    contrastAgent: null,
  })
})

test('what the header leaves out or writes wrongly is null', async () => {
  const identity = await identityOf({ '00100010': ['PN', '^^'], '00100030': ['DA', '1960'], '00100040': ['CS', 'X'] })
  expect(identity).toMatchObject({ patientName: null, patientId: null, birthDate: null, sex: null, studyUid: null })
})

test('names are read in the character set of the file', async () => {
  const utf8 = await identityOf({ '00080005': ['CS', 'ISO_IR 192'], '00100010': ['PN', 'Müller^Jörg'] })
  expect(utf8?.patientName).toBe('Müller, Jörg')
  const latin2 = await identityOf({ '00080005': ['CS', 'ISO_IR 101'], '00100010': ['PN', Uint8Array.of(0xa3, 0x79)] })
  expect(latin2?.patientName).toBe('Ły')
})

test.each([
  ['Doe^Jane^^', 'Doe, Jane'],
  ['Doe^John^^Dr^Jr', 'Doe, John, Jr'],
  ['Yamada^Tarou=山田^太郎=やまだ^たろう', 'Yamada, Tarou'],
  ['=山田^太郎', '山田, 太郎'],
  ['ANONYMOUS', 'ANONYMOUS'],
  ['', null],
])('the person name %s reads %s', (personName, readable) => {
  expect(toReadableName(personName)).toBe(readable)
})

test('a NIfTI names nobody', async () => {
  expect((await openVolumeForTest([toFile('a.nii', writeSyntheticNifti())])).identity).toBeNull()
})
