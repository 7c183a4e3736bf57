import type { Place, Status } from '../statement.ts'
import type { HandWrittenClip } from './handWritten.ts'

/** What a reader made of a clip. */
export interface ReadStatement {
  readonly findingId: string
  readonly status: Status
  readonly place: Place
  readonly sizeMm: number | null
}

type Expected = HandWrittenClip['statements'][number]

export interface ClipJudgement {
  readonly clip: HandWrittenClip
  readonly found: readonly Expected[]
  /** Neither found nor read the other way round. */
  readonly missed: readonly Expected[]
  /** Present read as absent or resolved, absent or resolved as present. */
  readonly opposite: readonly Expected[]
  /** Read, and neither said nor tolerated. */
  readonly invented: readonly ReadStatement[]
  /** Found, with the side, lobe and size that were said. */
  readonly placed: readonly Expected[]
}

const CONTRARY: Readonly<Record<Status, readonly Status[]>> = {
  present: ['absent', 'resolved'],
  absent: ['present'],
  resolved: ['present'],
  uncertain: [],
}

const isPlaced = (read: ReadStatement, { side, lobe, size }: Expected): boolean =>
  (side === undefined || read.place.side === side) &&
  (lobe === undefined || read.place.lobe === lobe) &&
  (size === undefined || read.sizeMm === size.mm)

/** Holds what was read against what the clip says (shared/evaluation: found, opposite polarity, false mention). */
export function judgeStatements(clip: HandWrittenClip, read: readonly ReadStatement[]): ClipJudgement {
  const fits =
    (expected: Expected) =>
    ({ findingId, status }: ReadStatement) =>
      findingId === expected.finding && status === expected.status
  const found = clip.statements.filter((expected) => read.some(fits(expected)))
  const isContrary = ({ finding, status }: Expected) =>
    read.some((one) => one.findingId === finding && CONTRARY[status].includes(one.status)) &&
    !(clip.tolerated ?? []).some((one) => one.finding === finding && CONTRARY[status].includes(one.status))
  const lost = clip.statements.filter((expected) => !found.includes(expected))
  const allowed = [...clip.statements, ...(clip.tolerated ?? [])]
  return {
    clip,
    found,
    missed: lost.filter((expected) => !isContrary(expected)),
    opposite: lost.filter(isContrary),
    invented: read.filter(
      ({ findingId, status }) => !allowed.some((one) => one.finding === findingId && one.status === status),
    ),
    placed: found.filter((expected) => read.some((one) => fits(expected)(one) && isPlaced(one, expected))),
  }
}
