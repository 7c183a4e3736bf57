import { expect, it } from 'vitest'
import type { StudyIdentity } from '../../domain/study/studyIdentity.ts'
import { formatPatient, formatSeries } from './formatIdentity.ts'

const identity = (part: Partial<StudyIdentity>): StudyIdentity => ({
  patientName: null,
  patientId: null,
  birthDate: null,
  sex: null,
  age: null,
  studyDate: null,
  studyTime: null,
  accessionNumber: null,
  studyUid: null,
  seriesUid: null,
  seriesNumber: null,
  studyDescription: null,
  seriesDescription: null,
  institution: null,
  modality: null,
  protocolName: null,
  contrastAgent: null,
  ...part,
})

it('names the patient with sex, age and date, by the ID where there is no name', () => {
  const jane = identity({ patientName: 'Doe, Jane', patientId: '7', sex: 'F', age: '063Y', studyDate: '20260131' })
  expect(formatPatient(jane)).toBe('Doe, Jane · F · 63 y · 2026-01-31')
  expect(formatPatient(identity({ patientId: '7', birthDate: '19600615', studyDate: '20260131' }))).toBe(
    '7 · 65 y · 2026-01-31',
  )
  expect(formatPatient(identity({}))).toBeNull()
  expect(formatPatient(null)).toBeNull()
})

it('hides the name of a file with the identity, and no title of a series', () => {
  expect(formatSeries({ title: 'doe_jane.nii.gz', format: 'nifti' }, false)).toBe('NIfTI volume')
  expect(formatSeries({ title: 'doe_jane.nii.gz', format: 'nifti' }, true)).toBe('doe_jane.nii.gz')
  expect(formatSeries({ title: 'Chest 1.0', format: 'dicom' }, false)).toBe('Chest 1.0')
})
