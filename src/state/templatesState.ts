import type { OwnTemplate } from '../domain/dictatedReport/ownTemplate.ts'
import type { BoundTemplates } from '../domain/dictatedReport/reportTemplates.ts'

export interface TemplatesState {
  /** The reader's own, oldest first. */
  readonly own: readonly OwnTemplate[]
  /** Kept ones that this version cannot read; they stay where they are. */
  readonly unreadableCount: number
  /** What the reader has bound to kinds of studies; kept with the settings. */
  readonly bound: BoundTemplates
  /** What undo would take back, in a few words; null: nothing. */
  readonly undo: string | null
}

export const NO_TEMPLATES: TemplatesState = { own: [], unreadableCount: 0, bound: {}, undo: null }
