import { toSeriesTitle } from '../../domain/study/seriesName.ts'
import { ageAtStudy, type StudyIdentity } from '../../domain/study/studyIdentity.ts'

/** 20260131 → 2026-01-31; anything else as it is. */
const formatDicomDate = (date: string | null): string | null =>
  date === null ? null : date.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')

const toAge = (identity: StudyIdentity): string | null => {
  const years = ageAtStudy(identity)
  return years === null ? null : `${years} y`
}

/** "Doe, Jane · F · 63 y · 2026-01-31"; the ID where there is no name, null where the headers tell nothing. */
export function formatPatient(identity: StudyIdentity | null): string | null {
  if (!identity) return null
  const { sex, studyDate } = identity
  const parts = [formatName(identity), sex, toAge(identity), formatDicomDate(studyDate)]
  return parts.filter(Boolean).join(' · ') || null
}

/** Name or ID, for where there is room for nothing else. */
export const formatName = (identity: StudyIdentity | null): string | null =>
  identity?.patientName ?? identity?.patientId ?? null

/** Title of the series; a file's name may name the patient, and is hidden with the identity. */
export function formatSeries(
  { title, format }: { readonly title: string; readonly format: string | null },
  isIdentityShown: boolean,
): string {
  return toSeriesTitle({ title, format: format ?? '' }, isIdentityShown)
}
