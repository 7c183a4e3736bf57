/**
 * Who and what a study is, as its headers say; null where they don't. It stays in memory and on screen and never becomes
 * a database key or a file name: those are made of salted hashes (`StudyKey`).
 */
export interface StudyIdentity {
  /** Readable: "Doe, Jane". */
  readonly patientName: string | null
  readonly patientId: string | null
  /** YYYYMMDD. */
  readonly birthDate: string | null
  readonly sex: 'F' | 'M' | 'O' | null
  /** DICOM age string at the time of the study: "063Y", "018M", "003W", "010D". */
  readonly age: string | null
  /** YYYYMMDD. */
  readonly studyDate: string | null
  /** HHMMSS, with a fraction where the scanner wrote one. */
  readonly studyTime: string | null
  readonly accessionNumber: string | null
  readonly studyUid: string | null
  readonly seriesUid: string | null
  readonly seriesNumber: number | null
  readonly studyDescription: string | null
  readonly seriesDescription: string | null
  readonly institution: string | null
  readonly modality: string | null
  readonly protocolName: string | null
  /** Contrast/Bolus Agent as it is written, also where that says that there was none. */
  readonly contrastAgent: string | null
}

/** Whole units of an age string in a year. */
const UNITS_PER_YEAR: Readonly<Record<string, number>> = { D: 365.25, W: 52.1775, M: 12, Y: 1 }

/** Whole years at the time of the study: as the header says, else counted from the birth date; null where neither is known. */
export function ageAtStudy(
  identity: Pick<StudyIdentity, 'age' | 'birthDate' | 'studyDate'> | null | undefined,
): number | null {
  if (!identity) return null
  const said = /^(\d{1,3})([DWMY])$/.exec(identity.age ?? '')
  if (said) return Math.floor(Number(said[1]) / UNITS_PER_YEAR[said[2]])
  return countYears(identity.birthDate, identity.studyDate)
}

/** YYYYMMDD read as a number grows by 10,000 a year, and by less than that within one. */
function countYears(birthDate: string | null, studyDate: string | null): number | null {
  if (birthDate === null || studyDate === null) return null
  const years = Math.floor((Number(studyDate) - Number(birthDate)) / 10_000)
  return years >= 0 && years < 150 ? years : null
}
