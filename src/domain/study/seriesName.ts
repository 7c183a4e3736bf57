import type { Vec3 } from '../volume/volume.ts'
import type { OpenStudy } from './openStudy.ts'

/** What a series is called by. */
export interface NamedSeries {
  readonly title: string
  readonly format: string
  readonly sliceCount: number
  readonly spacingMm: Vec3 | null
  readonly kernel: string | null
}

const toNumber = (mm: number): string => String(Number(mm.toFixed(2)))

/** "275 × 1.25 mm": slices and their distance. */
export const toStackText = ({ sliceCount, spacingMm }: Pick<NamedSeries, 'sliceCount' | 'spacingMm'>): string =>
  spacingMm ? `${sliceCount} × ${toNumber(spacingMm[2])} mm` : `${sliceCount} ${sliceCount === 1 ? 'slice' : 'slices'}`

/** Title of a series; a NIfTI's is the name of its file, which may name the patient, and is hidden with the identity. */
export const toSeriesTitle = ({ title, format }: Pick<NamedSeries, 'title' | 'format'>, isShown: boolean): string =>
  format === 'nifti' && !isShown ? 'NIfTI volume' : title

/** Whose study it is, where the headers name somebody and that is shown; else what its series is called. */
export const toStudyName = (study: Pick<OpenStudy, 'title' | 'format' | 'identity'>, isShown: boolean): string =>
  (isShown && (study.identity?.patientName ?? study.identity?.patientId)) || toSeriesTitle(study, isShown)

/**
 * Names by which each of some series can be chosen: where titles are equal, slices and kernel tell them apart, and where these are too, their
 * order does.
 */
export function toDistinctNames(series: readonly NamedSeries[], isShown: boolean): string[] {
  const titles = series.map((one) => toSeriesTitle(one, isShown))
  const told = titles.map((title, n) =>
    isRepeated(titles, title) ? [title, toStackText(series[n]), series[n].kernel].filter(Boolean).join(', ') : title,
  )
  return told.map((name, n) =>
    isRepeated(told, name) ? `${name} (${told.slice(0, n + 1).filter((one) => one === name).length})` : name,
  )
}

const isRepeated = (names: readonly string[], name: string): boolean => names.filter((one) => one === name).length > 1
