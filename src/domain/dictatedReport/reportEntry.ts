import type { FindingId } from '../findings/finding.ts'
import type { ReportSectionId } from './reportSections.ts'

/** Why a sentence stands in a report that nobody dictated. */
export type Origin =
  | { readonly by: 'typed' }
  /** A template of this name was put in. */
  | { readonly by: 'template'; readonly name: string }
  /** The safety net offered a finding that the model sees, with what stood behind it, and the reader took it. */
  | { readonly by: 'accepted'; readonly findingId: FindingId; readonly probability: number; readonly place: string }
  /** A measure of the study, whose numbers the sentence follows, and where it lay: "axial 45 / 120". */
  | { readonly by: 'measured'; readonly measureId: string; readonly place: string }

interface Kept {
  readonly id: string
  readonly studyId: string
  readonly createdAtMs: number
}

/** What a reader made of a dictated sentence. */
export interface SaidEdit extends Kept {
  readonly kind: 'said'
  readonly utteranceId: string
  /** Place among the sentences of the utterance, from 0. */
  readonly index: number
  /** The sentence that it was made of: where the words have changed since, that is told. */
  readonly from: string
  /** Null: as it was said. */
  readonly text: string | null
  /** Null: where it belongs by its words. */
  readonly section: ReportSectionId | null
  readonly isRemoved: boolean
}

/** A sentence that was put in. */
export interface WrittenSentence extends Kept {
  readonly kind: 'written'
  readonly origin: Origin
  readonly section: ReportSectionId
  readonly text: string
  /** As it came: other words are a person's, and no longer follow what it came from. */
  readonly from: string
  /** The last utterance that was there: it stands behind its sentences. Null: before all. */
  readonly afterUtteranceId: string | null
}

/** "Nodule in the left upper lobe, measured": the measure that was meant when it was said. Its numbers stand behind the word and follow it. */
export interface BoundMeasure extends Kept {
  readonly kind: 'bound'
  readonly utteranceId: string
  readonly measureId: string
  /** Where it lay: "axial 45 / 120". */
  readonly place: string
}

/** What a reader made of an alert of the safety net: it is not offered again. */
export interface AlertAnswer extends Kept {
  readonly kind: 'answer'
  readonly alertId: string
  readonly answer: 'accepted' | 'rejected' | 'ignored'
  /** Why it was rejected; may be empty. */
  readonly reason: string
}

/** Of whom and which study a signed report is, so that it is found again beside another study of the patient. */
export interface SignedOf {
  /** Salted hash of what tells the patient from others (`toPatientText`). */
  readonly patient: string
  /** YYYYMMDD. */
  readonly studyDate: string | null
  readonly study: string | null
}

/** The report as it was signed. */
export interface Signature extends Kept {
  readonly kind: 'signed'
  readonly text: string
  /** Null where the headers name no patient, and of earlier versions. */
  readonly of: SignedOf | null
}

/** What is kept of a report beside the dictation. */
export type ReportEntry = SaidEdit | WrittenSentence | BoundMeasure | AlertAnswer | Signature

export const toSaidId = (utteranceId: string, index: number): string => `said:${utteranceId}:${index}`
export const toBoundId = (utteranceId: string): string => `bound:${utteranceId}`
export const toSignatureId = (studyId: string): string => `signed:${studyId}`

/** A sentence of the report, and why it stands there. */
export interface ReportSentence {
  /** Of the entry that holds, or would hold, what a reader makes of it. */
  readonly id: string
  readonly section: ReportSectionId
  readonly text: string
  readonly origin: Origin | { readonly by: 'said'; readonly utteranceId: string; readonly index: number }
  /** As it was said or came, where a person has changed it; null where it stands so. */
  readonly original: string | null
  /** What it came from has changed or gone since: the words said, or the measure. */
  readonly isOutdated: boolean
  readonly beginsParagraph: boolean
  /** The measure whose numbers stand in it; null where none do. */
  readonly measureId: string | null
  /** Findings that are stated in it. */
  readonly findingIds: readonly FindingId[]
}
