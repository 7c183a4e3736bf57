import { isUnsigned, joinStatuses, type ReportStatus } from '../dictatedReport/reportStatus.ts'
import type { SeriesSummary } from '../volume/series.ts'
import { groupByStudy } from './comparisons.ts'
import { toKinship } from './samePatient.ts'
import { toOrder } from './studyMoment.ts'

/** A series that was read: it has a report of its own. */
export interface ReadSeries {
  readonly studyId: string
  /** Of its entry in the list of series; null where it came from elsewhere. */
  readonly seriesId: string | null
  readonly status: ReportStatus
}

/** An examination of this visit, whose series are read as one. */
export interface WorkEntry {
  /** The same as long as the page lives. */
  readonly id: string
  /** Its series that open as scans, as they are listed; none where it was not dropped. */
  readonly series: readonly SeriesSummary[]
  /** Those that were read, the one to go on with first. */
  readonly read: readonly ReadSeries[]
  readonly status: ReportStatus
  /** Nothing that waits to be read: a prior, or a case of the library, of which nothing is reported. */
  readonly isAside: boolean
}

const NO_DATE = { studyDate: null, studyTime: null }

/** An earlier study of a patient of whom a later one is there is its prior. */
function isPrior(group: readonly SeriesSummary[], groups: readonly (readonly SeriesSummary[])[]): boolean {
  const [{ identity }] = group
  return groups.some(([other]) => {
    if (other === group[0] || toKinship(identity, other.identity) !== 'same') return false
    return toOrder(identity ?? NO_DATE, other.identity ?? NO_DATE) === 'earlier'
  })
}

export interface Examination {
  readonly series: readonly SeriesSummary[]
  readonly isPrior: boolean
}

/** Examinations of the drops of a visit, in the order in which they came. */
export function toExaminations(drops: readonly (readonly SeriesSummary[])[]): Examination[] {
  const listed = new Map(drops.flat().map((one) => [one.id, one]))
  const groups = groupByStudy([...listed.values()].filter(({ chestScore, labels }) => chestScore > 0 && !labels))
  return groups.map((series) => ({ series, isPrior: isPrior(series, groups) }))
}

/** The one with a report before the one that was only looked at. */
const compareNeed = (a: ReadSeries, b: ReadSeries): number =>
  Number(a.status === 'unread') - Number(b.status === 'unread')

function toEntry(
  id: string,
  series: readonly SeriesSummary[],
  read: readonly ReadSeries[],
  isAside: boolean,
): WorkEntry {
  const status = joinStatuses(read.map((one) => one.status))
  return { id, series, read: read.toSorted(compareNeed), status, isAside: isAside && status === 'unread' }
}

/**
 * The examinations of a visit with the state of their reports, in an order that reading does not change: first what came from no
 * file, then what was dropped. `read`: in the order in which they came.
 */
export function toWorkList(examinations: readonly Examination[], read: readonly ReadSeries[]): WorkEntry[] {
  const dropped = examinations.map(({ series, isPrior: isAside }) => {
    const ids = new Set(series.map(({ id }) => id))
    const own = read.filter(({ seriesId }) => seriesId !== null && ids.has(seriesId))
    return toEntry(series[0].id, series, own, isAside)
  })
  const known = new Set(dropped.flatMap((entry) => entry.read))
  const others = read.filter((one) => !known.has(one)).map((one) => toEntry(one.studyId, [], [one], true))
  return [...others, ...dropped]
}

/** What of the list waits to be read and signed, and how much of it there is in all. */
export function countWork(list: readonly WorkEntry[]): { readonly left: number; readonly all: number } {
  const work = list.filter(({ isAside }) => !isAside)
  return { left: work.filter(({ status }) => status !== 'signed').length, all: work.length }
}

export type Wanted = 'any' | 'unread' | 'unsigned'

const isWanted = ({ status }: WorkEntry, wanted: Wanted): boolean =>
  wanted === 'any' || (wanted === 'unread' ? status === 'unread' : isUnsigned(status))

/**
 * The entry to go to from the one that is read (`fromId`; null: from before the first). Any: the neighbour, none behind the last. Of a
 * certain state: the next one, from the beginning again behind the end. What is aside is passed over.
 */
export function findWork(
  list: readonly WorkEntry[],
  fromId: string | null,
  step: 1 | -1,
  wanted: Wanted = 'any',
): WorkEntry | null {
  const at = list.findIndex(({ id }) => id === fromId)
  const [before, behind] = [list.slice(0, Math.max(0, at)), list.slice(at + 1)]
  const ordered = wanted === 'any' ? (step === 1 ? behind : before.toReversed()) : [...behind, ...before]
  return ordered.find((entry) => !entry.isAside && isWanted(entry, wanted)) ?? null
}
