/** The slice that a view shows. */
export interface SlicePosition {
  /** 1…count, as `toSliceStacks` numbers the slices of a view. */
  readonly number: number
  readonly count: number
  /** Nothing was measured in it. */
  readonly isMissing: boolean
  /** The number that its source gives to it (DICOM Instance Number); null where it is no slice of the source, or has none. */
  readonly instanceNumber: number | null
}
