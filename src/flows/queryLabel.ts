import { labelOf } from '../domain/findings/finding.ts'
import { toParts } from '../domain/retrieval/query.ts'
import type { PackSession } from '../session/packSession.ts'
import type { StudySession } from '../session/studySession.ts'
import type { QuerySource, SimilarQuery } from '../state/appState.ts'
import { toUtteranceLabel } from './panel.ts'

/** What one thing to search by is called in a sentence. */
export function nameSource({ pack, own }: PackSession, study: StudySession, source: QuerySource): string {
  const names = [...pack.manifest.findings, ...own.map(({ finding }) => finding)]
  switch (source.kind) {
    case 'ct':
      return 'this CT'
    case 'place':
      return 'the place in this CT'
    case 'dictation':
      return 'the whole dictation'
    case 'text':
      return `“${source.text}”`
    case 'finding':
      return labelOf(names, source.findingId)
    case 'statement':
      return `${labelOf(names, source.findingId)}, as it was said`
    default:
      return toUtteranceLabel(study.state.dictation.utterances.find(({ id }) => id === source.utteranceId))
  }
}

/** What the list answers: "this CT and Lung nodule, without Pleural effusion". */
export function nameQuery(pack: PackSession, study: StudySession, query: SimilarQuery): string {
  const parts = toParts(query)
  const name = (isWithout: boolean) =>
    parts.filter((part) => part.isWithout === isWithout).map(({ source }) => nameSource(pack, study, source))
  const [wanted, excluded] = [name(false).join(' and '), name(true).join(' and ')]
  if (!excluded) return wanted
  return wanted ? `${wanted}, without ${excluded}` : `anything without ${excluded}`
}
