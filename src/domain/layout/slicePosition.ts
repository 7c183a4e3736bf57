/** The slice that a view shows. */
export interface SlicePosition {
  /** 1…count, as `toSliceStacks` numbers the slices of a view. */
  readonly number: number
  readonly count: number
  /** Where slice 1 lies along the normal of its view, and how far apart the slices are, mm. */
  readonly firstMm: number
  readonly stepMm: number
  /** Nothing was measured in it, or anywhere in the slab around it. */
  readonly isMissing: boolean
  /** Of a slab with layers in which nothing was measured, how many; else null. */
  readonly missingOf: { readonly all: number; readonly missing: number } | null
  /** The number that its source gives to it (DICOM Instance Number); null where it is no slice of the source, or has none. */
  readonly instanceNumber: number | null
}
