import { type Problem, toProblem } from '../base/result.ts'
import type { Viewer } from '../viewer/viewer.ts'
import type { Heavy } from './heavy.ts'
import type { LoadedPack } from './loadedPack.ts'
import { type OpenCaseDeps, openCase } from './openCase.ts'
import type { Screen } from './screen.ts'

export interface CompareCaseDeps extends OpenCaseDeps {
  readonly screen: Screen
  readonly heavy: Heavy
  readonly comparisonViewer: Viewer
}

const unknownCase = (caseId: string): Problem => ({
  code: 'unknown-case',
  message: `The library has no case ${caseId}.`,
  nextStep: 'Choose another case; if this repeats, load the models again.',
})

/** A case of the library that a search has found → Volume beside the current study. */
export async function compareCase(
  deps: CompareCaseDeps,
  pack: LoadedPack,
  caseId: string,
  signal: AbortSignal,
): Promise<void> {
  const { screen, comparisonViewer, heavy } = deps
  const found = heavy.foundCases.get(caseId)
  if (!found) return screen.notify(unknownCase(caseId))
  screen.patch('study', { comparisonPhase: 'working', comparisonCaseId: caseId })
  try {
    const { volume, study, notices } = await openCase(deps, pack, found, signal)
    if (signal.aborted) return
    for (const notice of notices) screen.notify(notice, 'warning')
    screen.patch('study', { comparison: study })
    await comparisonViewer.show(volume)
    screen.patch('study', { comparisonPhase: 'ready' })
  } catch (thrown) {
    if (signal.aborted) return
    screen.patch('study', { comparisonPhase: 'failed', comparison: null, comparisonCaseId: null })
    screen.notify(toProblem(thrown, 'case-failed', 'Choose the case again.'))
  }
}

/** Takes the case from beside the current study and frees it. */
export function closeComparison({
  screen,
  comparisonViewer,
}: Pick<CompareCaseDeps, 'screen' | 'comparisonViewer'>): void {
  comparisonViewer.clear()
  screen.patch('study', { comparison: null, comparisonPhase: 'idle', comparisonCaseId: null })
  screen.patch('view', { activeViewer: 'current' })
}
