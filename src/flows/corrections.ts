import type { FindingId } from '../domain/findings/finding.ts'
import { toParts } from '../domain/retrieval/query.ts'
import type { StatusEdit } from '../domain/statements/edits.ts'
import type { Status } from '../domain/statements/statement.ts'
import type { Desk } from '../session/desk.ts'
import type { StudySession } from '../session/studySession.ts'
import type { SimilarQuery } from '../state/appState.ts'
import type { DictationDeps } from './dictation.ts'
import { type EditDeps, removeUtterance, restoreEdits, restoreUtterance, setStatus, setText } from './editUtterance.ts'
import { findSimilar } from './findSimilar.ts'
import { noteStudy } from './identifyStudy.ts'
import { refreshPanel } from './panel.ts'
import { clearEvidence } from './showEvidence.ts'

/** What a person changes by hand of what was said about the study being read, and takes back, one change after the other. */
export class Corrections {
  /** `hearAgain`: brings the utterances of a study up to the pack in use. */
  constructor(
    private readonly deps: DictationDeps,
    private readonly desk: Desk,
    private readonly hearAgain: (study: StudySession) => Promise<void>,
  ) {}

  setStatus(utteranceId: string, edit: StatusEdit): void {
    this.#change((deps) => setStatus(deps, utteranceId, edit))
  }

  /** Answers what was said uncertainly or both ways: the last that was said of it is set. */
  settle(findingId: FindingId, status: Status): void {
    const row = this.desk.read?.state.findings.rows.find(({ id }) => id === findingId)
    const last = row?.deciding.at(-1)
    if (last) this.setStatus(last.utteranceId, { findingId, status, place: last.statement.place })
  }

  setText(utteranceId: string, text: string | null): void {
    this.#change((deps) => setText(deps, utteranceId, text))
  }

  remove(utteranceId: string): void {
    const { pack, read: study } = this.desk
    if (!study || !this.#change((deps) => removeUtterance(deps, utteranceId))) return
    const { heat, similar } = study.state
    const isOfIt = (query: SimilarQuery | null) =>
      query !== null &&
      toParts(query).some(({ source }) => 'utteranceId' in source && source.utteranceId === utteranceId)
    if (isOfIt(heat)) clearEvidence(this.deps, study)
    if (study.state.dictation.utterances.length === 0) void noteStudy(this.deps.archive, study)
    if (pack && isOfIt(similar.query)) void findSimilar(pack, study, { kind: 'ct' })
  }

  /** Takes the last change back that was not taken back yet. */
  undo(): void {
    const study = this.desk.read
    const change = study?.state.dictation.changes.at(-1)
    if (!study || !change) return
    study.show('dictation', { changes: study.state.dictation.changes.slice(0, -1) })
    this.#change((deps) => {
      if (change.kind === 'removed') restoreUtterance(deps, change)
      else restoreEdits(deps, change.before)
      return true
    })
    if (change.kind !== 'removed') return
    void noteStudy(this.deps.archive, study)
    // It may have been removed before it was heard, or been scored by another pack.
    void this.hearAgain(study)
  }

  #change(change: (deps: EditDeps) => boolean): boolean {
    const { pack, read: study } = this.desk
    if (!study) return false
    const isChanged = change({ journal: this.deps.journal, study, pack: pack?.pack ?? null })
    if (isChanged) refreshPanel(this.deps.screen, study)
    return isChanged
  }
}
