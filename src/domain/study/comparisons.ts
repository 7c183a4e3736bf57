import type { SeriesSummary } from '../volume/series.ts'
import type { Vec3 } from '../volume/volume.ts'
import { type Kinship, toKinship } from './samePatient.ts'
import type { StudyIdentity } from './studyIdentity.ts'
import { type Order, toDaysBetween, toOrder } from './studyMoment.ts'

/** A series that could lie beside the one being read. */
export interface Comparable {
  /** Of its entry in the list of series, else of the open study. */
  readonly id: string
  readonly title: string
  readonly format: string
  readonly identity: StudyIdentity | null
  readonly spacingMm: Vec3 | null
  readonly sliceCount: number
  /** Convolution kernel as its header names it. */
  readonly kernel: string | null
  readonly chestScore: number
}

/** Another study, seen from the one being read. */
export interface ComparedStudy {
  readonly kinship: Kinship
  readonly order: Order
  /** Whole days from it to the study being read; negative where it is the later one. */
  readonly days: number | null
  /** YYYYMMDD. */
  readonly date: string | null
  /** Those most like the series being read first; at least one. */
  readonly series: readonly Comparable[]
}

const NO_DATE = { studyDate: null, studyTime: null }

/** Equal for series of one study of one patient. */
const toStudyMark = ({ identity, id }: Pick<Comparable, 'identity' | 'id'>): string =>
  identity?.studyUid ? JSON.stringify([identity.studyUid, identity.patientId, identity.birthDate]) : id

/** Series of one study of one patient together, studies in the order of their first series. */
export const groupByStudy = <T extends Pick<Comparable, 'identity' | 'id'>>(all: readonly T[]): T[][] => {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const mark = toStudyMark(one)
    groups.set(mark, [...(groups.get(mark) ?? []), one])
  }
  return [...groups.values()]
}

const KINSHIPS: readonly Kinship[] = ['same', 'unknown', 'other']
const ORDERS: readonly Order[] = ['earlier', 'undated', 'later']

/**
 * The other studies of those at hand: of the same patient first, and of these the earlier ones, the nearest in time before all.
 * Series of the study being read are left out.
 */
export function listComparisons(current: Comparable, all: readonly Comparable[]): ComparedStudy[] {
  const others = groupByStudy(all).filter((series) => toStudyMark(series[0]) !== toStudyMark(current))
  const compared = others.map((series): ComparedStudy => {
    const [here, there] = [current.identity ?? NO_DATE, series[0].identity ?? NO_DATE]
    return {
      kinship: toKinship(current.identity, series[0].identity),
      order: toOrder(there, here),
      days: toDaysBetween(there, here),
      date: there.studyDate,
      series: [...series].sort((a, b) => toUnlikeness(current, a) - toUnlikeness(current, b)),
    }
  })
  return compared.sort(
    (a, b) =>
      KINSHIPS.indexOf(a.kinship) - KINSHIPS.indexOf(b.kinship) ||
      ORDERS.indexOf(a.order) - ORDERS.indexOf(b.order) ||
      Math.abs(a.days ?? 0) - Math.abs(b.days ?? 0),
  )
}

/** What is offered as the prior without being asked for: the last earlier study that is known to be of the same patient. */
export const toPrior = (compared: readonly ComparedStudy[]): ComparedStudy | null =>
  compared.find(({ kinship, order }) => kinship === 'same' && order === 'earlier') ?? null

/** Another kernel weighs as much as slices twice as thick, since both change what a small nodule looks like. */
const OTHER_KERNEL = Math.log(2)
/** Half of that where only the words that name the series tell. */
const OTHER_WORDS = OTHER_KERNEL / 2
/** A series that says less of a chest by so many points is less alike by one. */
const SCORE_POINTS = 60

/** 0 for equal spacing, kernel and name. */
function toUnlikeness(current: Comparable, one: Comparable): number {
  const between =
    current.spacingMm && one.spacingMm ? toSpacingDistance(current.spacingMm, one.spacingMm) : OTHER_KERNEL
  const isOtherKernel = (current.kernel ?? '') !== (one.kernel ?? '')
  const isOtherName = current.title.toLowerCase() !== one.title.toLowerCase()
  const less = Math.max(0, current.chestScore - one.chestScore) / SCORE_POINTS
  return between + (isOtherKernel ? OTHER_KERNEL : 0) + (isOtherName ? OTHER_WORDS : 0) + less
}

const toSpacingDistance = (a: Vec3, b: Vec3): number =>
  Math.abs(Math.log(a[2] / b[2])) + Math.abs(Math.log(a[0] / b[0]))

/** A later study whose best series scores less of the best one's is no chest to begin with. */
const SMALLEST_SCORE_SHARE = 0.5

/**
 * Series of a drop, best first → in the order in which they are tried: those of the newest study of the best one's patient come
 * first, since the newer study is read and the older ones are its priors.
 */
export function toReadingOrder(series: readonly SeriesSummary[]): readonly SeriesSummary[] {
  const [best] = series
  if (!best?.identity) return series
  const { identity, chestScore } = best
  const groups = groupByStudy(series.filter((one) => toKinship(identity, one.identity) === 'same'))
  const newest = groups.reduce<SeriesSummary[] | null>((newer, group) => {
    if (group[0].chestScore < SMALLEST_SCORE_SHARE * chestScore) return newer
    return toOrder(group[0].identity ?? NO_DATE, (newer?.[0] ?? best).identity ?? NO_DATE) === 'later' ? group : newer
  }, null)
  return newest ? [...newest, ...series.filter((one) => !newest.includes(one))] : series
}
