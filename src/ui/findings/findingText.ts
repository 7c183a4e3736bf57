import type { FindingRow } from '../../state/appState.ts'
import { formatProbability } from '../text/formatScore.ts'
import { OWN_BY } from '../text/ownText.ts'

const SEEN_TEXT: Readonly<Record<NonNullable<FindingRow['seen']>, string>> = {
  present: 'present',
  unsure: 'unsure',
  absent: 'absent',
}

export const SAID_TEXT: Readonly<Record<Exclude<FindingRow['said'], 'not-mentioned'>, string>> = {
  present: 'present',
  absent: 'absent',
  uncertain: 'unsure',
  resolved: 'resolved',
  question: 'which?',
}

/** How seen and said differ, or null. Beside "said absent" only the other half needs words. */
export function toDifferenceText({ agreement, said }: Pick<FindingRow, 'agreement' | 'said'>): string | null {
  if (agreement === 'said-not-seen') return 'said, not seen'
  if (agreement === 'seen-not-said') return said === 'absent' ? 'but seen' : 'seen, not said'
  return null
}

/**
 * What a resting pointer tells: the call, and how common the finding was where the model was calibrated (null: unknown).
 * `isForeign`: the scores do not apply to the scan, and there is no call.
 */
export function toFindingTitle(
  { seen }: Pick<FindingRow, 'seen'>,
  prevalence: number | null,
  isForeign = false,
): string | undefined {
  if (isForeign) return seen ? 'A number of the model that does not apply to this scan' : undefined
  const call = seen && `Seen: ${SEEN_TEXT[seen]}`
  const common =
    prevalence !== null && `${formatProbability(prevalence)} of the scans it was calibrated on have the finding`
  return [call, common].filter(Boolean).join('. ') || undefined
}

/** A row as one sentence, for screen readers. */
export function describeFinding(row: FindingRow, isForeign = false): string {
  const { label, probability, seen, said, own } = row
  const difference = toDifferenceText(row)
  return [
    label,
    own && `yours, ${OWN_BY[own.by]}, ${own.present} with it and ${own.absent} without`,
    seen && isForeign && `model’s number ${formatProbability(probability)}, does not apply to this scan`,
    seen && !isForeign && `seen ${SEEN_TEXT[seen]}, ${formatProbability(probability)}`,
    said !== 'not-mentioned' && `said ${SAID_TEXT[said]}`,
    difference && `differs: ${difference}`,
  ]
    .filter(Boolean)
    .join('; ')
}
