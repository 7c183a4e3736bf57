import { Latest } from '../base/latest.ts'
import type { Problem } from '../base/result.ts'
import { asksFor } from '../domain/retrieval/query.ts'
import type { Desk } from '../session/desk.ts'
import type { SimilarQuery } from '../state/appState.ts'
import type { HeatOverlay, HeatStyle } from '../viewer/viewer.ts'
import { type AskTextDeps, askText, tellNoTyping } from './askText.ts'
import { CaseSearch, type CaseSearchDeps } from './caseSearch.ts'
import { type CompareCaseDeps, compareCase, endComparing } from './compareCase.ts'
import { goBackToSpeech } from './goBackToSpeech.ts'
import { type LightBesideDeps, lightBeside } from './lightBeside.ts'
import { refreshPanel } from './panel.ts'
import { heatDirection, queryEmbedding } from './queryDirection.ts'
import { readStudy } from './readStudy.ts'
import {
  clearEvidence,
  type HeatRequest,
  isEvidenceClosed,
  type ShowEvidenceDeps,
  showEvidence,
} from './showEvidence.ts'
import { showMatch } from './showMatch.ts'

export interface QuestionsDeps
  extends AskTextDeps,
    ShowEvidenceDeps,
    LightBesideDeps,
    CompareCaseDeps,
    CaseSearchDeps {}

const NO_HEAT: Problem = {
  code: 'heat-does-not-apply',
  message: 'There is no heat: the model’s scores do not apply to this scan.',
  nextStep: 'Show the model’s evidence first, from the card in the findings panel.',
}

/** What a person asks about the study being read: where is it seen, who else has it, what does that case look like. */
export class Questions {
  readonly #comparing = new Latest()
  #besideHeat: HeatOverlay | null = null
  readonly #lighting = new Latest()
  /** What the list of cases is searched by. */
  readonly cases: CaseSearch

  constructor(
    private readonly deps: QuestionsDeps,
    private readonly desk: Desk,
  ) {
    this.cases = new CaseSearch(deps, desk)
  }

  /**
   * A finding, a statement, an utterance or a typed sentence: where the model sees it, and who else has it. An utterance first
   * goes back to where its speech began, and to the model's place when it is chosen again.
   */
  async select(query: SimilarQuery): Promise<void> {
    const { pack, read: study } = this.desk
    if (!pack || !study) return
    const searching = this.cases.ask(query)
    // Heat of another finding would take the choice back.
    if (query.kind === 'finding' && !heatDirection(pack, study, query)) {
      this.clearEvidence()
      return searching
    }
    // Only then a place has a direction whose heat can be shown.
    if (asksFor(query, ({ kind }) => kind === 'place')) await searching
    const isBack = query.kind === 'utterance' && goBackToSpeech(this.deps, study, query.utteranceId)
    await Promise.all([searching, !isBack && this.light(query)])
    // Who has chosen a place stays there; the heat shows where else it is like it.
    if (query.kind === 'place' && this.desk.read === study) this.deps.viewer.setCrosshair(query.pointLpsMm)
  }

  /** Where the model sees it: heat, and the crosshair at its peak. */
  async light(query: SimilarQuery, request: HeatRequest = {}): Promise<void> {
    const { pack, read: study } = this.desk
    if (!pack || !study) return
    study.shownSpeechOf = null
    if (query.kind === 'ct' || (await showEvidence(this.deps, pack, study, query, request)) === 'done') return
    await readStudy(this.deps, this.desk, study)
    await showEvidence(this.deps, pack, study, query, request)
  }

  /** Heat of what is searched by, also where the model does not see it. */
  async lightAsked(): Promise<void> {
    const study = this.desk.read
    if (!study) return
    if (isEvidenceClosed(study)) this.deps.screen.notify(NO_HEAT, 'warning')
    else await this.light(study.state.similar.query, { isAsked: true })
  }

  /** What stood on the panels before another pack came: the list and the heat, while the views stay where they are. */
  async showAgain(query: SimilarQuery, withHeat: boolean): Promise<void> {
    this.setSimilarQuery(query)
    if (withHeat) await this.light(query, { keepsPlace: true })
  }

  /** Shows or hides what the model makes of a scan that its scores do not apply to. */
  toggleEvidence(): void {
    const { pack, read: study } = this.desk
    if (!pack || !study?.state.findings.outOfDistribution) return
    const isEvidenceAsked = !study.state.findings.isEvidenceAsked
    study.show('findings', { isEvidenceAsked })
    if (!isEvidenceAsked) this.clearEvidence()
    refreshPanel(this.deps.screen, study)
    if (study.state.similar.query.kind === 'ct') this.setSimilarQuery({ kind: 'ct' })
  }

  /** A typed sentence, as an utterance: who else has it, and where the model sees it. */
  async ask(typed: string): Promise<void> {
    const query = await this.#readSentence(typed)
    if (query) await this.select(query)
  }

  /** The sentence that stood there before another pack came. */
  async askAgain(typed: string, withHeat: boolean): Promise<void> {
    const query = await this.#readSentence(typed)
    if (query) await this.showAgain(query, withHeat)
  }

  async #readSentence(typed: string): Promise<SimilarQuery | null> {
    const text = typed.trim()
    const { pack, read: study } = this.desk
    if (!text || !pack || !study) return null
    const query = await askText(this.deps, pack, study, text)
    if (!query) return null
    const { typed: before } = study.state.similar
    if (before.at(-1) !== text) study.show('similar', { typed: [...before, text] })
    // Another study may be read by now: the sentence was asked of this one.
    if (this.desk.read !== study) return null
    if (!queryEmbedding(pack, study, query)) this.clearEvidence()
    return query
  }

  /** Says why no sentence can be typed now. */
  tellNoTyping(): void {
    tellNoTyping(this.deps)
  }

  /** Takes the typed sentence back: the list is of this CT again, and its heat goes. */
  clearTyped(): void {
    const study = this.desk.read
    if (study?.state.heatEvidence?.query.kind === 'text') this.clearEvidence()
    if (study && asksFor(study.state.similar.query, ({ kind }) => kind === 'text')) this.setSimilarQuery({ kind: 'ct' })
  }

  setSimilarQuery(query: SimilarQuery): void {
    void this.cases.ask(query)
  }

  async openSimilarCase(caseId: string): Promise<void> {
    const { pack } = this.desk
    if (pack) await compareCase(this.deps, pack, this.desk, caseId, this.#comparing.begin())
  }

  /** Another thing comes beside the study: what was on its way there is given up. */
  beginComparing(): AbortSignal {
    this.#lighting.end()
    return this.#comparing.begin()
  }

  /** The case beside the study with what lights the study, at its own peak. `isOpened`: it has just come. */
  async lightBeside(isOpened: boolean): Promise<void> {
    const { pack, read } = this.desk
    const signal = this.#lighting.begin()
    if (pack && read) {
      const all = AbortSignal.any([signal, pack.signal, read.signal])
      this.#besideHeat = await lightBeside(this.deps, this.desk, pack, { signal: all, isOpened })
    }
  }

  /** The slices on which the study and the case beside it are most alike, on both. */
  async showMatch(): Promise<void> {
    const { pack, read, beside } = this.desk
    if (pack && read && beside)
      await showMatch(this.deps, this.desk, pack, this.#comparing.begin(pack.signal, read.signal))
  }

  /** Nothing lies beside the study, and nothing is on its way there. */
  endComparison(): void {
    const { comparisonPhase } = this.deps.screen.get().desk
    if (this.desk.beside || comparisonPhase !== 'idle') this.closeComparison()
  }

  closeComparison(): void {
    this.#comparing.end()
    this.#lighting.end()
    this.deps.comparisonViewer.clear()
    this.desk.takeFromBeside()
  }

  /** A case on its way is given up. */
  cancel(): void {
    this.#comparing.end()
    if (this.deps.screen.get().desk.comparisonPhase === 'working') endComparing(this.deps)
  }

  setHeatStyle(heatStyle: HeatStyle): void {
    this.deps.screen.patch('view', { heatStyle })
    this.deps.viewer.setHeatStyle(heatStyle)
    this.deps.comparisonViewer.setHeatStyle(heatStyle)
  }

  setHeatOpacity(opacity: number): void {
    this.deps.screen.patch('view', { heatOpacity: opacity })
    if (!this.desk.read?.heat) return
    this.deps.viewer.setHeat(this.desk.read.heat, opacity)
    if (this.#besideHeat) this.deps.comparisonViewer.setHeat(this.#besideHeat, opacity)
  }

  clearEvidence(): void {
    if (this.desk.read) clearEvidence(this.deps, this.desk.read)
  }
}
