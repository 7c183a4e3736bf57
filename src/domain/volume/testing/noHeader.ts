import type { SlicePlace, SourceHeader } from '../sourceSlices.ts'

/** A header that says nothing of a patient. */
export const NO_HEADER: SourceHeader = {
  patientName: '',
  patientId: '',
  birthDate: '',
  sex: '',
  studyDate: '',
  studyTime: '',
  studyId: '',
  studyDescription: '',
  accessionNumber: '',
  referringPhysician: '',
}

/** An axial slice of pixels 1 mm apart. */
export const toAxialPlace = (zMm: number): SlicePlace => ({
  originLpsMm: [0, 0, zMm],
  rowLps: [1, 0, 0],
  columnLps: [0, 1, 0],
  pixelSpacingMm: [1, 1],
})
