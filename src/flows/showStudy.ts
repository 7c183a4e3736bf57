import { toProblem } from '../base/result.ts'
import type { Desk } from '../session/desk.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'
import type { Viewer } from '../viewer/viewer.ts'
import type { DictationJournal } from './dictationJournal.ts'
import { endOpening } from './openStudy.ts'
import { refreshPanel } from './panel.ts'

export interface ShowStudyDeps {
  readonly screen: Screen
  readonly viewer: Viewer
  readonly journal: DictationJournal
  /** Told in the moment in which another study is read: words spoken from here on belong to it. */
  onRead(study: StudySession): void
}

/** Brings back what was said about the study on an earlier visit, before it is shown. */
export async function restoreDictation(journal: DictationJournal, study: StudySession): Promise<void> {
  if (study.isRestored) return
  study.isRestored = true
  const { kept, unreadableCount } = await journal.list(study.id)
  for (const { utterance } of kept) study.utterances.set(utterance.id, utterance)
  const { utterances } = study.state.dictation
  const isNew = ({ id }: { readonly id: string }) => utterances.every((item) => item.id !== id)
  study.show('dictation', {
    utterances: [...kept.map(({ item }) => item).filter(isNew), ...utterances],
    unreadableCount,
  })
}

/**
 * Puts a study on screen. Pixels, title, findings, dictation and read-outs change in one step, once the new picture is
 * complete; until then the former study stays as it is. A study that was opened anew is read anew. False where a later wish came in between or nothing can be drawn.
 */
export async function showStudy(
  deps: ShowStudyDeps,
  desk: Desk,
  study: StudySession,
  signal: AbortSignal,
  isOpenedAnew = false,
): Promise<boolean> {
  const { screen, viewer } = deps
  const { volume } = study
  if (!volume) return false
  await restoreDictation(deps.journal, study)
  if (signal.aborted) return false
  refreshPanel(screen, study)
  try {
    await viewer.show(volume, () => reveal(deps, desk, study, isOpenedAnew))
    return desk.read === study
  } catch (thrown) {
    if (!signal.aborted) screen.notify(toProblem(thrown, 'rendering', 'Close other tabs, then open the study again.'))
    await showFormer(deps, desk)
    return false
  }
}

function reveal({ screen, viewer, onRead }: ShowStudyDeps, desk: Desk, study: StudySession, isOpenedAnew: boolean) {
  performance.mark('voxct:study-shown')
  // Its tokens may have gone with an earlier volume, and who opens the files again wants them read again.
  if (isOpenedAnew) study.forgetSeen()
  // Whoever waits for the app to be idle must not see a gap before the scan is encoded.
  if (!study.seen && screen.get().model.phase === 'ready') {
    study.show('findings', { phase: 'working', progress: { label: 'Preparing the scan', fraction: null } })
  }
  desk.makeRead(study)
  onRead(study)
  if (study.heat) viewer.setHeat(study.heat, screen.get().view.heatOpacity)
}

/** Nothing of the new study could be drawn: the one that was read comes back, or no study is read. */
async function showFormer({ screen, viewer }: ShowStudyDeps, desk: Desk): Promise<void> {
  const volume = desk.read?.volume
  try {
    if (volume) await viewer.show(volume)
    else desk.clear()
  } catch {
    desk.clear()
  }
  endOpening(screen)
}
