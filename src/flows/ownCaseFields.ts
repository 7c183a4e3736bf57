import { ProblemError } from '../base/result.ts'
import type { LibraryCase } from '../domain/model/manifest.ts'
import { isListedOwn, type OwnCase } from '../domain/retrieval/own/ownCase.ts'
import { toPngUrl } from '../domain/retrieval/own/toPngUrl.ts'
import type { Desk } from '../session/desk.ts'
import type { SimilarCase } from '../state/appState.ts'
import type { OpenedCase } from './openCase.ts'

type OwnFields = Pick<SimilarCase, 'library' | 'thumbnail'> & Partial<Pick<SimilarCase, 'labels' | 'canOpen' | 'path'>>

/** What a list says of a case beside what every library says: of one's own its labels, the reader's own findings among them. */
export function toOwnFields(found: LibraryCase): OwnFields {
  if (!isListedOwn(found)) return { library: null, thumbnail: null }
  const { library, thumbnail, present, absent } = found.own
  const isKnown = present.length + absent.length > 0
  return {
    library,
    thumbnail: thumbnail && toPngUrl(thumbnail),
    labels: isKnown ? present.map(({ id }) => id) : null,
    // Where its files are not open, choosing it says what to do.
    canOpen: true,
    path: null,
  }
}

const notOpen = ({ title, library, where }: OwnCase) =>
  new ProblemError({
    code: 'own-case-not-open',
    message: `${title} of ${library} is not open: this browser keeps its embedding, not its scan.`,
    nextStep: `Open its files again${where ? ` (${where})` : ''}, come back to this scan, and it opens beside it.`,
  })

/**
 * A case of one's own whose scan is open in this visit; null for any other case that the app can open by itself. Throws
 * ProblemError where its files have to be opened first.
 */
export function openOwnCase(desk: Desk, found: LibraryCase): OpenedCase | null {
  if (!isListedOwn(found)) return null
  const session = desk.find(found.own.studyId)
  if (session?.volume) return { volume: session.volume, study: session.state.study, key: null, notices: [] }
  if (found.open) return null
  throw notOpen(found.own)
}
