import type { StudyIdentity } from './studyIdentity.ts'

type Dated = Pick<StudyIdentity, 'studyDate' | 'studyTime'>

/** `undated`: which came first is not told. */
export type Order = 'earlier' | 'later' | 'undated'

const MS_PER_DAY = 86_400_000

/** Days since 1970 of YYYYMMDD; null where it is no day of the calendar. */
function toDayNumber(date: string | null): number | null {
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(date ?? '')
  if (!parts) return null
  const [year, month, day] = parts.slice(1).map(Number)
  const ms = Date.UTC(year, month - 1, day)
  const read = new Date(ms)
  return read.getUTCMonth() === month - 1 && read.getUTCDate() === day ? ms / MS_PER_DAY : null
}

/** Whole days from `from` to `to`, negative where `to` came first; null where a date is not known. */
export function toDaysBetween(from: Dated, to: Dated): number | null {
  const [start, end] = [toDayNumber(from.studyDate), toDayNumber(to.studyDate)]
  return start === null || end === null ? null : end - start
}

/** Seconds of HHMM[SS[.F]]. */
function toSeconds(time: string | null): number | null {
  const parts = /^(\d{2})(\d{2})(\d{2}(?:\.\d+)?)?$/.exec(time ?? '')
  return parts ? Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3] ?? 0) : null
}

/** How `one` lies in time to `other`: by the date, on one day by the time. */
export function toOrder(one: Dated, other: Dated): Order {
  const days = toDaysBetween(one, other)
  if (days === null) return 'undated'
  if (days !== 0) return days > 0 ? 'earlier' : 'later'
  const [a, b] = [toSeconds(one.studyTime), toSeconds(other.studyTime)]
  if (a === null || b === null || a === b) return 'undated'
  return a < b ? 'earlier' : 'later'
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** 20240312 → "12 Mar 2024"; null where it is no date. */
export function formatStudyDate(date: string | null): string | null {
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(date ?? '')
  const month = parts && MONTHS[Number(parts[2]) - 1]
  return parts && month ? `${Number(parts[3])} ${month} ${parts[1]}` : null
}
