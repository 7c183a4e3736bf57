import type { DictationChange } from '../../state/appState.ts'
import { STATUS_TEXT } from '../text/statementText.ts'

/** What was changed, in a few words beside the way back. */
export function describeChange(change: DictationChange, toLabel: (findingId: string) => string): string {
  if (change.kind === 'removed') return 'Utterance deleted'
  if (change.kind === 'text') return 'Text corrected'
  const label = toLabel(change.findingId)
  return change.status === null ? `${label} removed` : `${label} set ${STATUS_TEXT[change.status]}`
}
