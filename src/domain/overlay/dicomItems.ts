import type { DataSet } from 'dicom-parser'

/** A UID as the header writes it; empty where there is none. */
export const uidOf = (dataSet: DataSet | undefined, tag: string): string => dataSet?.string(tag)?.trim() ?? ''

/** Items of a sequence; none where it is not there. */
export const itemsOf = (dataSet: DataSet | undefined, tag: string): DataSet[] =>
  (dataSet?.elements[tag]?.items ?? []).flatMap((item) => item.dataSet ?? [])
