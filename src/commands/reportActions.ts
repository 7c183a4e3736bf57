import type { ReportSectionId } from '../domain/dictatedReport/reportSections.ts'

/** A key image as a PNG with its caption, which names nobody. */
export interface DrawnKeyImage {
  readonly id: string
  readonly title: string
  readonly note: string
  readonly png: Blob
}

/** What a person does with the report of the study being read. */
export interface ReportActions {
  /** Puts the report or the findings into the right column. */
  showRight(panel: 'findings' | 'report'): void
  /** Other words for a sentence of the report; null: as it came. */
  rewriteSentence(id: string, text: string | null): void
  /**
   * One word for another in a sentence, null: in the one that was said last and has it. Of what was said the utterance is corrected, so
   * that what it states follows, where the word is said once in it.
   */
  changeWord(from: string, to: string, sentenceId: string | null): void
  moveSentence(id: string, section: ReportSectionId): void
  removeSentence(id: string): void
  /** Adds a typed sentence. */
  typeSentence(section: ReportSectionId, text: string): void
  /** Brings the views to where a sentence was said or measured. */
  showSentence(id: string): void
  /** By its name, or `default`: what is usual for the study. */
  insertTemplate(name: string): void
  /** The given measure, else the chosen or the last one, with numbers and place. */
  insertMeasure(id?: string): void
  /** Looks at the report before it is signed: what was seen and not mentioned, words beside the place of the heat, contradictions. */
  checkReport(): void
  answerAlert(alertId: string, answer: 'accepted' | 'rejected' | 'ignored', reason?: string): void
  /** Brings the views to where the model sees it, or where it was said. */
  showAlert(alertId: string): void
  setAlertBudget(budget: number): void
  /** Signs what was looked at; else looks at it first, and signs where nothing is left to answer. */
  signReport(): void
  unsignReport(): void
  /** The report as plain and as formatted text, to the clipboard. */
  copyReport(): void
  /** The report as a DICOM structured report, to a file. */
  saveDictatedReport(): void
  /** Opens an earlier report of the patient beside: the given one, else the newest; null closes it. */
  openEarlierReport(id?: string | null): void
  /** The key images as they are printed, with what stands under each; those that came without a picture are left out. */
  drawKeyImages(): Promise<readonly DrawnKeyImage[]>
}

/** What a person does with reports that were left without a signature. */
export interface UnsignedActions {
  /** Signs what was looked at; else looks at it first. Where something is left to answer the study is opened again. */
  signLeft(studyId: string): void
  /** Whether a report that is left without a signature is told of. */
  setUnsignedTold(isTold: boolean): void
}
