import type { FindingId } from '../../domain/findings/finding.ts'
import { selectIsAtHand } from '../../state/selectors.ts'
import { useApp } from '../appContext.ts'

/** Of the findings of a case, those that the study shows, too, or that were said of it. */
export function useCommonFindings(labels: readonly FindingId[]): readonly FindingId[] {
  const common = useApp((state) => labels.filter((id) => selectIsAtHand(state, id)).join('\n'))
  return common === '' ? [] : common.split('\n')
}
