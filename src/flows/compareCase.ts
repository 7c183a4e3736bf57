import { type Problem, toProblem } from '../base/result.ts'
import type { Volume } from '../domain/volume/volume.ts'
import type { Desk } from '../session/desk.ts'
import type { PackSession } from '../session/packSession.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'
import type { Viewer } from '../viewer/viewer.ts'
import { type IdentifyStudyDeps, identifyStudy } from './identifyStudy.ts'
import { type OpenCaseDeps, openCase } from './openCase.ts'
import type { OpenedStudy } from './openStudy.ts'
import { openOwnCase } from './ownCaseFields.ts'
import { showUnlessEnded } from './showUnlessEnded.ts'

export interface CompareCaseDeps extends OpenCaseDeps, IdentifyStudyDeps {
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
  screen.patch('desk', { comparisonPhase: phase, comparisonProgress: null, openingCaseId: null })
}

/** What lay beside the study before another case was asked for. */
function bringBack(viewer: Viewer, volume: Volume | undefined): void {
  if (volume) void viewer.show(volume).catch(() => undefined)
  else viewer.clear()
}

/** Draws a study beside the one that is read; `lay` is called in the moment in which it is seen. */
export async function showBeside(
  viewer: Viewer,
  desk: Desk,
  { study, volume }: Pick<OpenedStudy, 'study' | 'volume'>,
  signal: AbortSignal,
  lay: (session: StudySession) => void,
): Promise<void> {
  // A study that is open already, also the one being read, keeps its title and its voxels.
  const known = desk.find(study.id)
  await showUnlessEnded(viewer, volume, signal, {
    onReveal() {
      const session = desk.take(known?.state.study ?? study, known?.volume ?? volume)
      lay(session)
      desk.endOpening(session)
    },
    onEnded: () => bringBack(viewer, desk.beside?.volume),
  })
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
    const opened = openOwnCase(desk, found) ?? (await openCase(deps, pack.pack, found, signal))
    const { volume, study } = await identifyStudy(deps, opened)
    if (signal.aborted) return
    for (const notice of opened.notices) screen.notify(notice, 'warning')
    await showBeside(comparisonViewer, desk, { study, volume }, signal, (session) => desk.layBeside(session, caseId))
  } catch (thrown) {
    if (signal.aborted) return
    desk.takeFromBeside()
    endComparing(deps, true)
    screen.notify(toProblem(thrown, 'case-failed', 'Choose the case again.'))
  }
}
