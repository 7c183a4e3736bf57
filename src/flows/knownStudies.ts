import type { Desk } from '../session/desk.ts'
import type { Screen } from '../session/screen.ts'
import type { KnownStudy } from '../state/appState.ts'
import type { StudyArchive } from '../storage/studyArchive.ts'

const PHANTOM = /^phantom-(\d+)$/

/** The seed of a phantom's id, or null where it is another study's. */
export function toSeed(studyId: string): number | null {
  const found = PHANTOM.exec(studyId)
  return found ? Number(found[1]) : null
}

const isLegacy = (id: string): boolean => id.startsWith('legacy-')

/**
 * Studies of this visit, and those of earlier ones that something was said about, measured or marked in: what waits must not be
 * forgotten because nothing shows it.
 */
export async function listKnown({ screen }: { screen: Screen }, archive: StudyArchive, desk: Desk): Promise<void> {
  const waiting = await archive.listWaiting()
  const counts = new Map(waiting.map((one) => [one.id, one]))
  const opened = desk.sessions.filter((study) => study !== desk.beside || study.utterances.size > 0)
  const here = opened.map((session): KnownStudy => {
    const { study } = session.state
    const isListed = screen.get().desk.drops.some((drop) => drop.some(({ id }) => id === study.seriesId))
    const opensBy = session.volume || isListed ? 'here' : toSeed(study.id) === null ? 'files' : 'seed'
    const { measures, keyImages } = session.state
    const utteranceCount = counts.get(study.id)?.utteranceCount ?? session.utterances.size
    const more = { measureCount: measures.items.length, keyImageCount: keyImages.items.length }
    const { id, title, origin: subtitle, format, seriesId } = study
    const { reportStatus } = session
    return { id, title, subtitle, format, seriesId, reportStatus, opensBy, utteranceCount, ...more }
  })
  const others = waiting
    .filter(({ id }) => desk.find(id) === null)
    .map((kept): KnownStudy => {
      const { content: _, openedAtMs: __, ...shown } = kept
      return { ...shown, opensBy: !isLegacy(kept.id) && toSeed(kept.id) !== null ? 'seed' : 'files' }
    })
  screen.patch('desk', { known: [...here, ...others] })
}
