import type { LibraryCase } from '../model/manifest.ts'

/** Which cases of a library may be listed. A case that does not say what a filter asks for is left out. */
export interface CaseFilter {
  /** Places of findings in the pack's order that the case must have. */
  readonly findings: readonly number[]
  /** … and must not have. */
  readonly withoutFindings: readonly number[]
  readonly sex: LibraryCase['sex'] | null
  /** Whole years, both included. */
  readonly ageYears: Bounds<number> | null
  /** ISO 8601 days, both included. */
  readonly date: Bounds<string> | null
}

export interface Bounds<T> {
  readonly from: T | null
  readonly to: T | null
}

export const NO_FILTER: CaseFilter = { findings: [], withoutFindings: [], sex: null, ageYears: null, date: null }

function isWithin<T extends number | string>(value: T | undefined, { from, to }: Bounds<T>): boolean {
  return value !== undefined && (from === null || value >= from) && (to === null || value <= to)
}

/** Where labels are unknown the case may have anything: it is no answer to "with", and stays an answer to "without". */
function hasFindings({ labels }: LibraryCase, { findings, withoutFindings }: CaseFilter): boolean {
  return findings.every((n) => labels?.[n] === 1) && withoutFindings.every((n) => labels?.[n] !== 1)
}

export function passesFilter(found: LibraryCase, filter: CaseFilter): boolean {
  if (!hasFindings(found, filter)) return false
  if (filter.sex && found.sex !== filter.sex) return false
  if (filter.ageYears && !isWithin(found.ageYears, filter.ageYears)) return false
  return !filter.date || isWithin(found.date, filter.date)
}

/** What a library says of its cases: what none of them says cannot be filtered by. */
export interface CaseFacets {
  readonly labels: boolean
  readonly sexes: readonly NonNullable<LibraryCase['sex']>[]
  readonly ageYears: { readonly from: number; readonly to: number } | null
  readonly date: { readonly from: string; readonly to: string } | null
}

export const NO_FACETS: CaseFacets = { labels: false, sexes: [], ageYears: null, date: null }

const widen = <T extends number | string>(range: { from: T; to: T } | null, value: T | undefined) => {
  if (value === undefined) return range
  if (!range) return { from: value, to: value }
  return { from: value < range.from ? value : range.from, to: value > range.to ? value : range.to }
}

export function addToFacets(facets: CaseFacets, { labels, sex, ageYears, date }: LibraryCase): CaseFacets {
  return {
    labels: facets.labels || labels !== undefined,
    sexes: sex === undefined || facets.sexes.includes(sex) ? facets.sexes : [...facets.sexes, sex].sort(),
    ageYears: widen(facets.ageYears, ageYears),
    date: widen(facets.date, date),
  }
}

/** Of several libraries together. */
export const joinFacets = (all: readonly CaseFacets[]): CaseFacets => ({
  labels: all.some(({ labels }) => labels),
  sexes: [...new Set(all.flatMap(({ sexes }) => sexes))].sort(),
  ageYears: all.reduce<CaseFacets['ageYears']>(
    (sum, { ageYears }) => widen(widen(sum, ageYears?.from), ageYears?.to),
    null,
  ),
  date: all.reduce<CaseFacets['date']>((sum, { date }) => widen(widen(sum, date?.from), date?.to), null),
})
