/** A case of a library of the reader's own, as the screen knows it. */
export interface OwnCaseItem {
  readonly id: string
  readonly title: string
  readonly where: string
  readonly studyId: string
  /** Labels of what the reader has marked or said. */
  readonly present: readonly string[]
  readonly absent: readonly string[]
}

export interface OwnLibrariesState {
  /** Those of the pack in use. */
  readonly libraries: readonly { readonly title: string; readonly cases: readonly OwnCaseItem[] }[]
  /** Libraries of other packs, which wait for them. */
  readonly elsewhere: readonly { readonly title: string; readonly packTitle: string; readonly count: number }[]
  /** Kept cases that this version cannot read; they stay where they are. */
  readonly unreadableCount: number
  /** The last change that can be taken back, in a few words. */
  readonly undo: string | null
}
