import { toProblem } from '../base/result.ts'
import { toSliceNumber, toSliceStacks } from '../domain/geometry/sliceStack.ts'
import { VIEW_PLANES } from '../domain/geometry/viewPlane.ts'
import type { StudyPlace } from '../domain/study/openStudy.ts'
import type { Volume } from '../domain/volume/volume.ts'
import type { Desk } from '../session/desk.ts'
import type { Screen } from '../session/screen.ts'
import type { StudySession } from '../session/studySession.ts'
import type { UtteranceItem } from '../state/appState.ts'
import type { Viewer } from '../viewer/viewer.ts'
import type { DictationJournal } from './dictationJournal.ts'
import { endOpening } from './openStudy.ts'
import { refreshPanel } from './panel.ts'
import { showUnlessEnded } from './showUnlessEnded.ts'

export interface ShowStudyDeps {
  readonly screen: Screen
  readonly viewer: Viewer
  readonly journal: DictationJournal
  /** View, slice and crosshair now. */
  currentPlace(): StudyPlace | null
  /**
   * Told in the moment in which a study comes on screen: words spoken from here on belong to it. `isAnother`: it was not
   * the one being read before.
   */
  onRead(study: StudySession, isAnother: boolean): void
}

/** Slice numbers are those of today's views, whichever version kept the place. */
function countAgain(item: UtteranceItem, volume: Volume | undefined): UtteranceItem {
  const { place } = item
  if (!place || !volume || place.studyId !== undefined) return item
  const stack = toSliceStacks(volume)[place.orientation]
  return { ...item, place: { ...place, sliceNumber: toSliceNumber(stack, place.pointLpsMm) } }
}

/** Brings back what was said about the study on an earlier visit, before it is shown. */
export async function restoreDictation(journal: DictationJournal, study: StudySession): Promise<void> {
  if (study.isRestored) return
  study.isRestored = true
  const { kept, unreadableCount } = await journal.list(study.id)
  for (const { utterance, item } of kept) {
    // One that is here already is asked by those who hear it.
    const isNew = !study.utterances.has(utterance.id)
    if (isNew && item.source === 'microphone' && item.transcript === null) study.unclaimed.add(utterance.id)
    study.utterances.set(utterance.id, utterance)
  }
  const { utterances } = study.state.dictation
  const here = new Map(utterances.map((item) => [item.id, item]))
  const restored = kept.map(({ item }) => here.get(item.id) ?? countAgain(item, study.volume))
  const isOnlyHere = ({ id }: { readonly id: string }) => restored.every((item) => item.id !== id)
  study.show('dictation', { utterances: [...restored, ...utterances.filter(isOnlyHere)], unreadableCount })
}

/**
 * Puts a study on screen. Pixels, title, findings, dictation and read-outs change in one step, once the new picture is
 * complete; until then the former study stays as it is, also where the signal ends the drawing. A study that was opened
 * anew is read anew. Gives the signal of the reading that is due now, which Cancel ends before it has begun; null where the
 * study did not come on screen.
 */
export async function showStudy(
  deps: ShowStudyDeps,
  desk: Desk,
  study: StudySession,
  signal: AbortSignal,
  { isOpenedAnew = false, isPlaceKept = false } = {},
): Promise<AbortSignal | null> {
  const { screen, viewer } = deps
  const { volume } = study
  if (!volume) return null
  await restoreDictation(deps.journal, study)
  if (signal.aborted) return null
  refreshPanel(screen, study)
  screen.patch('desk', { phase: 'working', progress: { label: 'Drawing the scan', fraction: null } })
  let due: AbortSignal | null = null
  try {
    const drawing = showUnlessEnded(
      viewer,
      volume,
      signal,
      {
        onReveal: () => {
          due = reveal(deps, desk, study, isOpenedAnew)
        },
        onEnded: () => void bringBack(deps, desk),
      },
      isPlaceKept,
    )
    // Under the still that covers the views by now: planes were turned to what the former study shows.
    if (desk.read !== study) screen.patch('view', { planes: VIEW_PLANES })
    await drawing
    return desk.read === study ? due : null
  } catch (thrown) {
    if (signal.aborted) return null
    screen.notify(toProblem(thrown, 'rendering', 'Close other tabs, then open the study again.'))
    if (!(await bringBack(deps, desk))) desk.clear()
    endOpening(screen)
    return null
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
  const isAnother = desk.read !== study
  desk.makeRead(study)
  onRead(study, isAnother)
  if (study.heat) viewer.setHeat(study.heat, screen.get().view.heatOpacity)
  return study.encoding.begin()
}

/** The study that is still the one being read, drawn again where the reader was. False where there is none or it cannot be drawn. */
async function bringBack({ screen, viewer, currentPlace }: ShowStudyDeps, desk: Desk): Promise<boolean> {
  const { read } = desk
  const place = currentPlace()
  if (!read?.volume) {
    viewer.clear()
    return false
  }
  try {
    await viewer.show(read.volume, () => {
      if (read !== desk.read) return
      if (read.heat) viewer.setHeat(read.heat, screen.get().view.heatOpacity)
      if (place && !place.studyId) viewer.setCrosshair(place.pointLpsMm)
    })
    return true
  } catch {
    return false
  }
}
