/** What was changed: words and chips of the dictation, a measure, a key image, a sentence of the report, one of the reader's own findings, a case or a template of theirs. */
export type ChangeKind = 'words' | 'measure' | 'keyImage' | 'report' | 'finding' | 'case' | 'template'

export interface LastChange {
  readonly kind: ChangeKind
  /** What was done, in a few words: "Length drawn". */
  readonly text: string
}

/** What undo would take back, and redo bring again. */
export interface HistoryState {
  readonly undo: LastChange | null
  readonly redo: LastChange | null
}

export const NO_HISTORY: HistoryState = { undo: null, redo: null }
