import type { Problem } from '../base/result.ts'
import type { StudySession } from '../session/studySession.ts'
import type { KeptElsewhere } from '../state/appState.ts'
import type { StudyArchive } from '../storage/studyArchive.ts'
import type { OpenedStudy } from './openStudy.ts'

export interface IdentifyStudyDeps {
  readonly archive: StudyArchive
}

/** A study under the id that its words are kept by. */
export interface IdentifiedStudy extends OpenedStudy {
  /** What may be its own and lies elsewhere. */
  readonly offers: readonly KeptElsewhere[]
  readonly notice: Problem | null
}

/** Digits of the content's hash that tell apart what has equal UIDs. */
const CONTENT_DIGITS = 16

const otherContent = (title: string): Problem => ({
  code: 'same-ids-other-images',
  message: `${title} has the patient, study and series IDs of a scan that was opened here before, but other images.`,
  nextStep: 'It has a dictation of its own. What was said about the other one is offered if there is any.',
})

/**
 * Equal UIDs are not proof: anonymised scans often share them. Where the images under an id are not those that were there
 * before, the study gets an id of its own, the user is told, and what was dictated under the first one is offered, as is
 * what version 0.3.0 kept under its own id of this file.
 */
export async function identifyStudy({ archive }: IdentifyStudyDeps, opened: OpenedStudy): Promise<IdentifiedStudy> {
  const { key } = opened
  if (!key) return { ...opened, offers: [], notice: null }
  const known = await archive.find(key.id)
  const isOther = known?.content != null && known.content !== key.content
  const id = isOther ? `${key.id}-${key.content.slice(0, CONTENT_DIGITS)}` : key.id
  const isNews = isOther && (await archive.find(id)) === null
  const places = [
    { reason: '0.3.0' as const, storedUnder: archive.toLegacyId(key.legacyId) },
    ...(isOther ? [{ reason: 'other-content' as const, storedUnder: key.id }] : []),
  ]
  const offers: KeptElsewhere[] = []
  for (const place of places) {
    const count = await archive.countUtterances(place.storedUnder)
    if (count > 0) offers.push({ ...place, count })
  }
  const study = { ...opened.study, id }
  return { study, key, volume: { ...opened.volume, id }, offers, notice: isNews ? otherContent(study.title) : null }
}

/**
 * What tells a later visit about the study. Its title, which may be the name of a file and so of a patient, is kept only
 * with words, measures, key images or a report that wait under it; `isSpokenAbout`: the first words are being said.
 */
export async function noteStudy(archive: StudyArchive, study: StudySession, isSpokenAbout = false): Promise<void> {
  const { state, reportStatus } = study
  const { dictation, measures, keyImages, report } = state
  const { id, content, title, origin, format, seriesId } = state.study
  const works = [dictation.utterances, measures.items, keyImages.items, report.entries]
  const isWorkedOn = isSpokenAbout || works.some(({ length }) => length > 0)
  const [kept, subtitle] = isWorkedOn ? [title, origin] : ['', '']
  await archive.note({ id, content, title: kept, subtitle, format, openedAtMs: Date.now(), seriesId, reportStatus })
}
