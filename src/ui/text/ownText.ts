import type { OwnRow } from '../../domain/findings/panel.ts'
import { LEAST_TO_JUDGE, type OwnFigure } from '../../domain/findings/taught/judgeExamples.ts'
import { LEAST_TO_FIT } from '../../domain/findings/taught/readOut.ts'
import type { OwnFindingItem } from '../../state/appState.ts'

const formatShare = (value: number): string => value.toFixed(2).replace(/^0/, '')

/** "AUROC .86 (.62–.97), 9 + 8 patients". */
const formatOwnFigure = ({ auroc, interval: [low, high], present, absent }: OwnFigure): string =>
  `AUROC ${formatShare(auroc)} (${formatShare(low)}–${formatShare(high)}), ${present} + ${absent} patients left out in pairs`

/** How many examples stand behind a row: with the finding + without it. */
export const formatExamples = ({ present, absent }: Pick<OwnRow, 'present' | 'absent'>): string =>
  present + absent === 0 ? 'no examples' : `N = ${present} + ${absent}`

const missing = (count: number, least: number): number => Math.max(0, least - count)

/** What is still to be marked for a read-out, or for a figure. */
export function toNextStep(item: OwnFindingItem): string {
  const toFit = [missing(item.present, LEAST_TO_FIT), missing(item.absent, LEAST_TO_FIT)]
  if (toFit[0] + toFit[1] > 0) return `Mark ${formatMore(toFit)} for a row that is scored by your examples.`
  if (item.isMeasuring) return 'Measuring how well it tells patients apart that it has not learnt from…'
  if (item.figure) return formatOwnFigure(item.figure)
  const toJudge = [missing(item.presentPatients, LEAST_TO_JUDGE), missing(item.absentPatients, LEAST_TO_JUDGE)]
  if (toJudge[0] + toJudge[1] === 0) return 'No figure: no pair of patients could be left out.'
  return `How good it is nobody knows yet: mark ${formatMore(toJudge)} of other patients for a figure.`
}

const formatMore = ([present, absent]: readonly number[]): string =>
  [present > 0 && `${present} more present`, absent > 0 && `${absent} more absent`].filter(Boolean).join(' and ')

/** What the number of a row rests on, in a few words. */
export const OWN_BY: Readonly<Record<OwnRow['by'], string>> = {
  taught: 'by your examples',
  prompt: 'by words alone, not calibrated',
  'too-few': 'too few examples',
}
