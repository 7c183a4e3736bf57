import type { FindingId } from '../domain/findings/finding.ts'
import type { OwnFigure } from '../domain/findings/taught/judgeExamples.ts'

/** A finding of the reader's own, as the screen knows it. */
export interface OwnFindingItem {
  readonly id: FindingId
  readonly label: string
  readonly synonyms: readonly string[]
  /** Its name and other words for it that cannot be heard in what is said. */
  readonly unheard: readonly string[]
  /** The words that it was asked for with. */
  readonly prompt: string | null
  /** Examples, and how many patients they are of. */
  readonly present: number
  readonly absent: number
  readonly presentPatients: number
  readonly absentPatients: number
  /** Examples with the finding that say where it lies. */
  readonly places: number
  readonly isFitted: boolean
  /** Being measured: null as long as it is, and where there are too few patients. */
  readonly figure: OwnFigure | null
  readonly isMeasuring: boolean
  /** How studies are marked, by their id. */
  readonly marks: Readonly<Record<string, 'present' | 'absent'>>
}

export interface OwnState {
  /** Those of the pack in use, oldest first. */
  readonly findings: readonly OwnFindingItem[]
  /** How many belong to other packs and wait for them, by the pack's title. */
  readonly elsewhere: readonly { readonly packTitle: string; readonly count: number }[]
  /** Kept things of the reader's own that this version cannot read; they stay where they are. */
  readonly unreadableCount: number
  /** The last change that can be taken back, in a few words. */
  readonly undo: string | null
}
