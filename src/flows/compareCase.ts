import { type Problem, toProblem } from '../base/result.ts'
import type { Volume } from '../domain/volume/volume.ts'
import type { Desk } from '../session/desk.ts'
import type { PackSession } from '../session/packSession.ts'
import type { Screen } from '../session/screen.ts'
import type { Viewer } from '../viewer/viewer.ts'
import { type OpenCaseDeps, openCase } from './openCase.ts'
import { showUnlessEnded } from './showUnlessEnded.ts'

export interface CompareCaseDeps extends OpenCaseDeps {
  readonly screen: Screen
  readonly comparisonViewer: Viewer
}

const unknownCase = (caseId: string): Problem => ({
  code: 'unknown-case',
  message: `The library has no case ${caseId}.`,
  nextStep: 'Choose another case; if this repeats, load the models again.',
})

/** Nothing new comes; what lay beside the study before still does. */
export function endComparing({ screen }: Pick<CompareCaseDeps, 'screen'>, isFailed = false): void {
  const { comparisonId } = screen.get().desk
  const phase = comparisonId === null ? (isFailed ? 'failed' : 'idle') : 'ready'
  screen.patch('desk', { comparisonPhase: phase, openingCaseId: null })
}

/** What lay beside the study before another case was asked for. */
function bringBack(viewer: Viewer, volume: Volume | undefined): void {
  if (volume) void viewer.show(volume).catch(() => undefined)
  else viewer.clear()
}

/** A case of the library that a search has found → a study of its own, beside the one that is read. */
export async function compareCase(
  deps: CompareCaseDeps,
  pack: PackSession,
  desk: Desk,
  caseId: string,
  signal: AbortSignal,
): Promise<void> {
  const { screen, comparisonViewer } = deps
  const found = pack.foundCases.get(caseId)
  if (!found) return screen.notify(unknownCase(caseId))
  screen.patch('desk', { comparisonPhase: 'working', openingCaseId: caseId })
  try {
    const { volume, study, notices } = await openCase(deps, pack.pack, found, signal)
    if (signal.aborted) return
    for (const notice of notices) screen.notify(notice, 'warning')
    const session = desk.take(study, volume)
    await showUnlessEnded(comparisonViewer, volume, signal, {
      onReveal: () => desk.layBeside(session, caseId),
      onEnded: () => bringBack(comparisonViewer, desk.beside?.volume),
    })
  } catch (thrown) {
    if (signal.aborted) return
    desk.takeFromBeside()
    endComparing(deps, true)
    screen.notify(toProblem(thrown, 'case-failed', 'Choose the case again.'))
  }
}
