import type { Mention, SaidState } from '../statements/foldStatements.ts'
import { type FindingId, type NamedFinding, readableId } from './finding.ts'
import type { SeenFinding } from './seen.ts'
import type { OwnFigure } from './taught/judgeExamples.ts'

/** What stands behind a row of the reader's own. */
export interface OwnRow {
  /** `taught`: by its examples; `prompt`: by words, and by examples once there are enough; `too-few`: neither yet. */
  readonly by: 'taught' | 'prompt' | 'too-few'
  /** Examples with and without the finding. */
  readonly present: number
  readonly absent: number
  readonly figure: OwnFigure | null
  /** How the reader has marked the scan that is read. */
  readonly mark: 'present' | 'absent' | null
}

/** One row of the findings panel: seen beside said. */
export interface PanelRow {
  readonly id: FindingId
  readonly label: string
  /** Calibrated probability from the CT, 0…1; null until the scan was read. */
  readonly probability: number | null
  /** Probability from which the finding counts as seen: the tick on the bar. */
  readonly threshold?: number
  readonly seen: 'present' | 'unsure' | 'absent' | null
  readonly said: SaidState['status'] | 'not-mentioned'
  /** The statements that decide `said`, in the order in which they were said. */
  readonly deciding: readonly Mention[]
  /** How seen and said stand to each other; null until both count. */
  readonly agreement: 'agree' | 'seen-not-said' | 'said-not-seen' | null
  /** Absent of the pack's findings. */
  readonly own?: OwnRow
}

const NOT_JUDGED: readonly PanelRow['said'][] = ['uncertain', 'question']

/**
 * A finding called unsure by the CT agrees with whatever was said; silence agrees with absence only, and so does what has
 * resolved; what was said uncertainly or both ways is not judged.
 */
function toAgreement(seen: PanelRow['seen'], said: PanelRow['said'], isJudged: boolean): PanelRow['agreement'] {
  if (seen === null || !isJudged || NOT_JUDGED.includes(said)) return null
  if (seen === 'present' && said !== 'present') return 'seen-not-said'
  if (seen === 'absent' && said === 'present') return 'said-not-seen'
  return said === 'not-mentioned' ? null : 'agree'
}

/** What was said with another pack and this one does not know stays, after the findings of this one. */
function withUnknown(findings: readonly NamedFinding[], said: ReadonlyMap<FindingId, SaidState>): NamedFinding[] {
  const known = new Set(findings.map(({ id }) => id))
  const unknown = [...said.keys()].filter((id) => !known.has(id))
  return [...findings, ...unknown.map((id) => ({ id, label: readableId(id) }))]
}

export interface NamedOwnRow extends NamedFinding {
  readonly own: OwnRow
}

/** Rows of the reader's own findings. What few examples or bare words call is held against nothing that was said. */
export function toOwnPanelRows(
  findings: readonly NamedOwnRow[],
  seen: readonly SeenFinding[],
  said: ReadonlyMap<FindingId, SaidState>,
): PanelRow[] {
  return toRows(findings, seen, said, false).map((row, n) => ({ ...row, own: findings[n].own }))
}

/**
 * A row for each finding of the pack, in the manifest's order. Agreement is judged only where both sides count: something
 * was said, and the scores apply to the scan.
 */
export function toPanelRows(
  findings: readonly NamedFinding[],
  seen: readonly SeenFinding[] | null,
  said: ReadonlyMap<FindingId, SaidState>,
  isJudged: boolean,
): PanelRow[] {
  return toRows(withUnknown(findings, said), seen, said, isJudged)
}

function toRows(
  findings: readonly NamedFinding[],
  seen: readonly SeenFinding[] | null,
  said: ReadonlyMap<FindingId, SaidState>,
  isJudged: boolean,
): PanelRow[] {
  const seenById = new Map(seen?.map((finding) => [finding.id, finding]))
  return findings.map(({ id, label }): PanelRow => {
    const seenFinding = seenById.get(id)
    const saidState = said.get(id)
    const saidStatus = saidState?.status ?? 'not-mentioned'
    return {
      id,
      label,
      probability: seenFinding?.probability ?? null,
      threshold: seenFinding?.threshold,
      seen: seenFinding?.seen ?? null,
      said: saidStatus,
      deciding: saidState?.deciding ?? [],
      agreement: toAgreement(seenFinding?.seen ?? null, saidStatus, isJudged),
    }
  })
}
