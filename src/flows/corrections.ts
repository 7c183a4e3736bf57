import { type FindingId, labelOf } from '../domain/findings/finding.ts'
import { toParts } from '../domain/retrieval/query.ts'
import type { StatusEdit } from '../domain/statements/edits.ts'
import { STATUS_TEXT, type Status } from '../domain/statements/statement.ts'
import type { Desk } from '../session/desk.ts'
import type { StudySession } from '../session/studySession.ts'
import type { SimilarQuery } from '../state/appState.ts'
import type { DictationDeps } from './dictation.ts'
import {
  type Edit,
  type EditDeps,
  type RemovedUtterance,
  removeUtterance,
  restoreEdits,
  restoreUtterance,
  setStatus,
  setText,
} from './editUtterance.ts'
import { findSimilar } from './findSimilar.ts'
import type { History, Reversible } from './history.ts'
import { noteStudy } from './identifyStudy.ts'
import { refreshPanel } from './panel.ts'
import { clearEvidence } from './showEvidence.ts'

/** What a person changes by hand of what was said about the study being read. */
export class Corrections {
  /** `hearAgain`: brings the utterances of a study up to the pack in use. */
  constructor(
    private readonly deps: DictationDeps,
    private readonly desk: Desk,
    private readonly history: History,
    private readonly hearAgain: (study: StudySession) => Promise<void>,
  ) {}

  setStatus(utteranceId: string, edit: StatusEdit): void {
    const { own, model } = this.deps.screen.get()
    const label = labelOf([...own.findings, ...model.findings], edit.findingId)
    const text = edit.status === null ? `${label} removed` : `${label} set ${STATUS_TEXT[edit.status]}`
    this.#edit(text, (deps) => setStatus(deps, utteranceId, edit))
  }

  /** Answers what was said uncertainly or both ways: the last that was said of it is set. */
  settle(findingId: FindingId, status: Status): void {
    const row = this.desk.read?.state.findings.rows.find(({ id }) => id === findingId)
    const last = row?.deciding.at(-1)
    if (last) this.setStatus(last.utteranceId, { findingId, status, place: last.statement.place })
  }

  setText(utteranceId: string, text: string | null): void {
    this.#edit('Text corrected', (deps) => setText(deps, utteranceId, text))
  }

  remove(utteranceId: string): void {
    const { read: study } = this.desk
    const removed = study && removeUtterance(this.#toDeps(study), utteranceId)
    if (!study || !removed) return
    this.#note(study, 'Utterance deleted', {
      undo: () => this.#bringBack(study, removed),
      redo: () => this.#takeAway(study, utteranceId),
    })
    this.#leave(study, utteranceId)
  }

  #edit(text: string, make: (deps: EditDeps) => Edit | null): void {
    const { read: study } = this.desk
    const edit = study && make(this.#toDeps(study))
    if (!study || !edit) return
    this.#note(study, text, {
      undo: () => restoreEdits(this.#toDeps(study), edit.before),
      redo: () => restoreEdits(this.#toDeps(study), edit.after),
    })
  }

  #note(study: StudySession, text: string, change: Reversible): void {
    const show = () => refreshPanel(this.deps.screen, study)
    this.history.add({ kind: 'words', text, scopes: [study.id], change, show })
  }

  #bringBack(study: StudySession, removed: RemovedUtterance): boolean {
    const isBack = restoreUtterance(this.#toDeps(study), removed)
    void noteStudy(this.deps.archive, study)
    // It may have been removed before it was heard, or been scored by another pack.
    void this.hearAgain(study)
    return isBack
  }

  #takeAway(study: StudySession, utteranceId: string): boolean {
    const isGone = removeUtterance(this.#toDeps(study), utteranceId) !== null
    this.#leave(study, utteranceId)
    return isGone
  }

  /** What was asked by an utterance that is gone is asked no more. */
  #leave(study: StudySession, utteranceId: string): void {
    const { pack } = this.desk
    const { heat, similar } = study.state
    const isOfIt = (query: SimilarQuery | null) =>
      query !== null &&
      toParts(query).some(({ source }) => 'utteranceId' in source && source.utteranceId === utteranceId)
    if (isOfIt(heat)) clearEvidence(this.deps, study)
    if (study.state.dictation.utterances.length === 0) void noteStudy(this.deps.archive, study)
    if (pack && isOfIt(similar.query)) void findSimilar(pack, study, { kind: 'ct' })
  }

  #toDeps(study: StudySession): EditDeps {
    return { journal: this.deps.journal, study, pack: this.desk.pack?.pack ?? null }
  }
}
