import { labelOf } from '../../domain/findings/finding.ts'
import type { AppState } from '../../state/appState.ts'
import { useApp } from '../appContext.ts'

/** What the pack in use calls a finding, or its id in words. */
export const selectFindingLabel = ({ model, own }: AppState, id: string): string =>
  own.findings.find((finding) => finding.id === id)?.label ?? labelOf(model.findings, id)

/** "the 18 findings" as the pack in use has them; without a number while none is loaded. */
export const selectAllFindings = ({ model: { findings } }: AppState): string => {
  if (findings.length === 0) return 'the findings'
  return findings.length === 1 ? 'the one finding' : `the ${findings.length} findings`
}

/** Names findings as the pack in use does. */
export function useFindingLabel(): (id: string) => string {
  const findings = useApp(({ model }) => model.findings)
  const own = useApp((state) => state.own.findings)
  return (id) => labelOf([...own, ...findings], id)
}
